package io.wavegate.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How this node takes part in a cluster; keys and defaults in this module's {@code reference.conf}.
 *
 * @param host address other nodes of the cluster reach this one at, one of IPv6 in brackets; a loopback address for a single
 *     node
 * @param bindHost address to listen on for them
 * @param port TCP port for other nodes; 0 takes a free one, which is right for a single node only
 * @param seedNodes {@code host:port} of nodes to join; empty: this node is a cluster of its own
 * @param bootstrap how other nodes are found instead; empty: by the seed nodes
 * @param roles what this node does, out of {@link #KNOWN_ROLES}, at least one
 * @param appVersion of the program as other nodes see it; empty: that of the build
 * @param joinTimeout how long seed nodes are looked for
 * @param failureDetection how soon a silent node is taken for dead
 * @param tls between nodes; empty: none
 * @param shutdownTimeout bound of each phase of an orderly shutdown
 * @param handOverTimeout bound of handing over all entities of a node that leaves
 */
public record ClusterSettings(
        String host,
        String bindHost,
        int port,
        List<String> seedNodes,
        Optional<Bootstrap> bootstrap,
        Set<String> roles,
        String appVersion,
        Duration joinTimeout,
        FailureDetection failureDetection,
        Optional<NodeTls> tls,
        Duration shutdownTimeout,
        Duration handOverTimeout) {
    /** Role of nodes that own sockets. */
    public static final String EDGE = "edge";

    /** Role of nodes that run entities. */
    public static final String SHARD = "shard";

    /** All roles there are. */
    public static final Set<String> KNOWN_ROLES = Set.of(EDGE, SHARD);

    /** Name of the actor system on every node: nodes of another name are not let in. */
    public static final String SYSTEM_NAME = "wavegate";

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    public ClusterSettings {
        seedNodes = List.copyOf(seedNodes);
        roles = Set.copyOf(roles);
    }

    /**
     * Reads and validates.
     *
     * @param root the whole configuration, resolved, with {@code wavegate.cluster} in it
     * @throws ConfigException naming key, origin and what would be right
     */
    public static ClusterSettings from(Config root) {
        Config config = root.getConfig("wavegate.cluster");
        String host = bracketed(config.getString("host"));
        List<String> seeds = config.getStringList("seed-nodes");
        Optional<Bootstrap> bootstrap = Bootstrap.from(config);
        checkSeeds(config, seeds, bootstrap);
        checkAddress(config, host, seeds, bootstrap);
        String bindHost = config.getString("bind-host");
        return new ClusterSettings(
                host,
                bindHost.isBlank() ? host : bracketed(bindHost),
                config.getInt("port"),
                seeds,
                bootstrap,
                roles(config, seeds.isEmpty() && bootstrap.isEmpty()),
                config.getString("app-version"),
                Rules.duration(config, "join-timeout", Duration.ofSeconds(5), Duration.ofHours(1)),
                failureDetection(config),
                NodeTls.from(config),
                Rules.duration(config, "shutdown-timeout", Duration.ofSeconds(1), TEN_MINUTES),
                Rules.duration(config, "hand-over-timeout", Duration.ofSeconds(2), TEN_MINUTES));
    }

    private static void checkAddress(Config config, String host, List<String> seeds, Optional<Bootstrap> bootstrap) {
        int port = config.getInt("port");
        boolean alone = seeds.isEmpty() && bootstrap.isEmpty();
        Rules.require(config, "host", !host.isBlank(), "must name an address of this machine");
        Rules.require(config, "port", port >= 0 && port < 65_536, "must be 0 to 65535");
        Rules.require(config, "port", alone || port > 0, "must be a fixed port when other nodes are looked for");
        // What a name in DNS leads to is not known here; it may be this machine alone, as in tests.
        boolean elsewhere = !seeds.stream().allMatch(ClusterSettings::isLoopback)
                || bootstrap
                        .filter(found -> found.method() == Bootstrap.Method.KUBERNETES)
                        .isPresent();
        Rules.require(
                config,
                "host",
                !elsewhere || !isLoopback(host),
                "must be the address at which nodes on other machines reach this one (WAVEGATE_CLUSTER_HOST), not "
                        + host);
    }

    private static void checkSeeds(Config config, List<String> seeds, Optional<Bootstrap> bootstrap) {
        Rules.require(
                config,
                "seed-nodes",
                seeds.isEmpty() || bootstrap.isEmpty(),
                "must be empty when wavegate.cluster.discovery is dns or kubernetes");
        Rules.require(
                config,
                "seed-nodes",
                seeds.stream().allMatch(ClusterSettings::isHostPort),
                "must each be host:port, for example \"10.0.0.1:7355\" or \"[2001:db8::1]:7355\"");
    }

    private static Set<String> roles(Config config, boolean alone) {
        Set<String> roles = Set.copyOf(config.getStringList("roles"));
        Rules.require(
                config,
                "roles",
                !roles.isEmpty() && KNOWN_ROLES.containsAll(roles),
                "must hold edge, shard or both, and nothing else");
        Rules.require(
                config,
                "roles",
                !alone || KNOWN_ROLES.equals(roles),
                "must hold both edge and shard on a node that looks for no other");
        return roles;
    }

    private static FailureDetection failureDetection(Config config) {
        String text = config.getString("failure-detection");
        Optional<FailureDetection> known = Arrays.stream(FailureDetection.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
        Rules.require(config, "failure-detection", known.isPresent(), "must be production or fast");
        return known.orElseThrow();
    }

    private static boolean isHostPort(String seed) {
        return seed.matches("([^:\\s\\[\\]]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}");
    }

    /** An address of IPv6 stands in brackets where a port may follow (RFC 3986 section 3.2.2), so in all addresses of nodes. */
    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Of an address, or of {@code host:port}. */
    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.startsWith("localhost") || address.startsWith("[::1]");
    }

    /** Pekko's configuration that follows. */
    Config toPekko() {
        return PekkoConfig.of(this);
    }

    /**
     * The configuration of this node's actor system: what follows for Pekko, laid over everything else.
     *
     * @param rest the whole configuration
     * @return resolved
     */
    public Config over(Config rest) {
        return toPekko().withFallback(rest).resolve();
    }

    /** A cluster of its own: the node joins itself, and nobody else will. */
    public boolean singleNode() {
        return seedNodes.isEmpty() && bootstrap.isEmpty();
    }

    /** Whether this node is the one of the seed nodes that forms the cluster if there is none. */
    public boolean isFirstSeed() {
        return !seedNodes.isEmpty() && seedNodes.get(0).equals(host + ":" + port);
    }

    /** Whether this node owns sockets of other domains and of components. */
    public boolean isEdge() {
        return roles.contains(EDGE);
    }

    /** Whether this node runs wavelets and links. */
    public boolean isShard() {
        return roles.contains(SHARD);
    }
}
