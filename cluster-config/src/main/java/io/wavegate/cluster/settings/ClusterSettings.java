package io.wavegate.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How this node takes part in a cluster; keys and defaults in this module's {@code reference.conf}.
 *
 * @param host address other nodes reach this one at; a loopback address for a single node
 * @param port TCP port for other nodes; 0 takes a free one, which is right for a single node only
 * @param seedNodes {@code host:port} of nodes to join; empty: this node is a cluster of its own
 * @param roles what this node does, out of {@link #KNOWN_ROLES}
 * @param shutdownTimeout bound of each phase of an orderly shutdown
 */
public record ClusterSettings(
        String host, int port, List<String> seedNodes, Set<String> roles, Duration shutdownTimeout) {

    /** {@code edge} owns sockets, {@code shard} runs entities. */
    public static final Set<String> KNOWN_ROLES = Set.of("edge", "shard");

    /** Name of the actor system on every node: nodes of another name are not let in. */
    public static final String SYSTEM_NAME = "wavegate";

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
        ClusterSettings settings = new ClusterSettings(
                config.getString("host"),
                config.getInt("port"),
                config.getStringList("seed-nodes"),
                Set.copyOf(config.getStringList("roles")),
                config.getDuration("shutdown-timeout"));
        require(config, "host", !settings.host.isBlank(), "must name an address of this machine");
        require(config, "port", settings.port >= 0 && settings.port < 65_536, "must be 0 to 65535");
        require(
                config,
                "port",
                settings.seedNodes.isEmpty() || settings.port > 0,
                "must be a fixed port when seed-nodes are given");
        require(config, "roles", KNOWN_ROLES.equals(settings.roles), "must hold both edge and shard in this version");
        require(config, "seed-nodes", settings.seedNodes.stream().allMatch(ClusterSettings::isHostPort), "host:port");
        Duration timeout = settings.shutdownTimeout;
        require(
                config,
                "shutdown-timeout",
                timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(Duration.ofMinutes(10)) <= 0,
                "must be from 1s to 10m");
        return settings;
    }

    private static void require(Config config, String key, boolean holds, String rule) {
        if (!holds) {
            throw new ConfigException.BadValue(config.getValue(key).origin(), "wavegate.cluster." + key, rule);
        }
    }

    private static boolean isHostPort(String seed) {
        return seed.matches("[^:\\s]+:[0-9]{1,5}");
    }

    /** Pekko's configuration that follows, to be laid over everything else. */
    public Config toPekko() {
        Config own = ConfigFactory.parseMap(Map.of(
                "pekko.remote.artery.canonical.hostname",
                host,
                "pekko.remote.artery.canonical.port",
                port,
                "pekko.cluster.roles",
                List.copyOf(roles),
                "pekko.cluster.seed-nodes",
                seedNodes.stream().map(ClusterSettings::address).toList(),
                "pekko.coordinated-shutdown.default-phase-timeout",
                shutdownTimeout.toMillis() + "ms"));
        return own.withFallback(
                ConfigFactory.parseResources(ClusterSettings.class.getClassLoader(), "pekko-node.conf"));
    }

    /** A cluster of its own: the node joins itself. */
    public boolean singleNode() {
        return seedNodes.isEmpty();
    }

    private static String address(String seed) {
        return "pekko://" + SYSTEM_NAME + "@" + seed;
    }
}
