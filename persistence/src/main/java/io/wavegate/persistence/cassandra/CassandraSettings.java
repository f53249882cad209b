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
 * @param requestTimeout how long one request may take; longer than Cassandra's own write time-out
 * @param maxInFlight requests at the same time; beyond it they are refused
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
        Duration requestTimeout,
        int maxInFlight,
        boolean createSchema) {

    /** What one connection can carry by its protocol. */
    static final int MAX_PER_CONNECTION = 32_768;

    /** Half of it: one of our requests may be several of Cassandra's. */
    private static final int MAX_IN_FLIGHT = MAX_PER_CONNECTION / 2;

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
        require(!requestTimeout.isNegative() && !requestTimeout.isZero(), "request-timeout", "above 0");
        require(maxInFlight > 0 && maxInFlight <= MAX_IN_FLIGHT, "max-in-flight", "1 to " + MAX_IN_FLIGHT);
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
                config.getDuration("request-timeout"),
                config.getInt("max-in-flight"),
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

    private static void require(boolean holds, String key, String rule) {
        if (!holds) {
            throw new ConfigException.BadValue("wavegate.store.cassandra." + key, "must be " + rule);
        }
    }
}
