package io.wavegate.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the Cassandra store is reached; keys and defaults are in {@code reference.conf} under
 * {@code wavegate.store.cassandra}.
 *
 * @param contactPoints some of the cluster's nodes
 * @param localDatacenter the data center of this node, as Cassandra calls it
 * @param keyspace where the tables are
 * @param replication the keyspace's replication, a CQL map; used when creating it
 * @param local true: the quorum of the local data center; false: the quorum of all
 * @param credentials user and password, if Cassandra asks for them
 * @param tls true: TLS with the JVM's trust store, host names checked
 * @param limits how long and how much
 * @param connections how its nodes are connected to
 * @param createSchema create keyspace and tables if they are missing
 */
public record CassandraSettings(
        List<InetSocketAddress> contactPoints,
        String localDatacenter,
        String keyspace,
        String replication,
        boolean local,
        Optional<Credentials> credentials,
        boolean tls,
        Limits limits,
        Connections connections,
        boolean createSchema) {

    /**
     * How long and how much.
     *
     * @param requestTimeout how long one request to Cassandra may take; longer than its own write time-out
     * @param answerLimit how long one of our callers waits at most, whatever it takes
     * @param attempts how often a change is tried whose outcome Cassandra does not tell
     * @param maxInFlight callers at the same time; beyond it they are refused
     */
    public record Limits(Duration requestTimeout, Duration answerLimit, int attempts, int maxInFlight) {
        public Limits {
            positive("request-timeout", requestTimeout);
            require(answerLimit.compareTo(requestTimeout) >= 0, "answer-limit", "request-timeout or more");
            require(attempts >= 1 && attempts <= MAX_ATTEMPTS, "attempts", "1 to " + MAX_ATTEMPTS);
            require(maxInFlight > 0 && maxInFlight <= MAX_IN_FLIGHT, "max-in-flight", "1 to " + MAX_IN_FLIGHT);
        }

        static Limits from(Config config) {
            return new Limits(
                    config.getDuration("request-timeout"),
                    config.getDuration("answer-limit"),
                    config.getInt("attempts"),
                    config.getInt("max-in-flight"));
        }
    }

    /**
     * How its nodes are connected to.
     *
     * @param perNode connections to each
     * @param connectTimeout for opening one
     * @param heartbeat after how much silence a connection is tried, and how long that may take
     * @param reconnectMin pause before the first attempt to reach a lost node again
     * @param reconnectMax the longest such pause
     * @param secondRead after which time a read is sent to a second node as well; zero: never
     */
    public record Connections(
            int perNode,
            Duration connectTimeout,
            Duration heartbeat,
            Duration reconnectMin,
            Duration reconnectMax,
            Duration secondRead) {
        public Connections {
            require(perNode >= 1 && perNode <= MAX_PER_NODE, "connections-per-node", "1 to " + MAX_PER_NODE);
            positive("connect-timeout", connectTimeout);
            positive("heartbeat", heartbeat);
            positive("reconnect-min", reconnectMin);
            require(reconnectMax.compareTo(reconnectMin) >= 0, "reconnect-max", "reconnect-min or more");
            require(!secondRead.isNegative(), "second-read-after", "0 or more");
        }

        static Connections from(Config config) {
            return new Connections(
                    config.getInt("connections-per-node"),
                    config.getDuration("connect-timeout"),
                    config.getDuration("heartbeat"),
                    config.getDuration("reconnect-min"),
                    config.getDuration("reconnect-max"),
                    config.getDuration("second-read-after"));
        }
    }

    /** What one connection can carry by its protocol. */
    static final int MAX_PER_CONNECTION = 32_768;

    /** Half of it: one of our requests may be several of Cassandra's. */
    private static final int MAX_IN_FLIGHT = MAX_PER_CONNECTION / 2;

    private static final int MAX_ATTEMPTS = 10;
    private static final int MAX_PER_NODE = 64;

    /** Who we are to Cassandra. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user + " with password";
        }
    }

    public CassandraSettings {
        contactPoints = List.copyOf(contactPoints);
        require(!contactPoints.isEmpty(), "contact-points", "one node at least");
        require(!localDatacenter.isEmpty(), "local-datacenter", "the name of a data center");
        require(keyspace.matches("[a-z][a-z0-9_]{0,47}"), "keyspace", "1 to 48 of [a-z0-9_], a letter first");
    }

    /** Reads {@code wavegate.store.cassandra}. */
    public static CassandraSettings from(Config config) {
        String datacenter = config.getString("local-datacenter");
        return new CassandraSettings(
                contactPoints(config).stream().map(CassandraSettings::address).toList(),
                datacenter,
                config.getString("keyspace"),
                config.getString("replication").replace("${local-datacenter}", datacenter),
                config.getBoolean("local-quorum"),
                credentials(config),
                config.getBoolean("tls"),
                Limits.from(config),
                Connections.from(config),
                config.getBoolean("create-schema"));
    }

    /** A list, or as from the environment one text with commas. */
    private static List<String> contactPoints(Config config) {
        if (config.getValue("contact-points").unwrapped() instanceof List) {
            return config.getStringList("contact-points");
        }
        return List.of(config.getString("contact-points").strip().split("\\s*,\\s*"));
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ConfigException.BadValue(
                    "wavegate.store.cassandra.contact-points", "must be host:port, not " + hostAndPort, e);
        }
    }

    private static Optional<Credentials> credentials(Config config) {
        String user = config.getString("user");
        return user.isEmpty() ? Optional.empty() : Optional.of(new Credentials(user, config.getString("password")));
    }

    private static void positive(String key, Duration duration) {
        require(!duration.isNegative() && !duration.isZero(), key, "above 0");
    }

    private static void require(boolean holds, String key, String rule) {
        if (!holds) {
            throw new ConfigException.BadValue("wavegate.store.cassandra." + key, "must be " + rule);
        }
    }
}
