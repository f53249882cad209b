package io.wavegate.persistence.cassandra;

import com.typesafe.config.ConfigFactory;

/** The shipped defaults, at the Cassandra of the tests, which has one node. */
public final class CassandraTestSettings {
    private CassandraTestSettings() {}

    /** Settings for a Cassandra of the tests; tables are created in a keyspace named {@code test}. */
    public static CassandraSettings at(CassandraProcess cassandra) {
        return at(cassandra, "");
    }

    /** With some keys of {@code wavegate.store.cassandra} changed. */
    public static CassandraSettings at(CassandraProcess cassandra, String changes) {
        String test =
                """
                contact-points = ["%s"]
                keyspace = test
                create-schema = on
                replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}"
                """
                        .formatted(cassandra.contactPoint());
        return CassandraSettings.from(ConfigFactory.parseString(changes)
                .withFallback(ConfigFactory.parseString(test))
                .withFallback(ConfigFactory.parseResources("reference.conf")
                        .resolve()
                        .getConfig("wavegate.store.cassandra")));
    }
}
