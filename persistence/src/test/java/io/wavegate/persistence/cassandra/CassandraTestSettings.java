package io.wavegate.persistence.cassandra;

import com.typesafe.config.ConfigFactory;
import io.wavegate.cassandra.runtime.CassandraProcess;

/** The shipped defaults, at the Cassandra of the tests, which has one node. */
final class CassandraTestSettings {
    private CassandraTestSettings() {}

    /** Settings for a Cassandra of the tests; tables are created in a keyspace named {@code test}. */
    static CassandraSettings at(CassandraProcess cassandra) {
        return at(cassandra, "");
    }

    /** With some keys of {@code wavegate.store.cassandra} changed. */
    static CassandraSettings at(CassandraProcess cassandra, String changes) {
        return CassandraSettings.from(ConfigFactory.parseString(changes)
                .withFallback(ConfigFactory.parseString(cassandra.storeConfiguration("test"))
                        .getConfig("wavegate.store.cassandra"))
                .withFallback(ConfigFactory.parseResources("reference.conf")
                        .resolve()
                        .getConfig("wavegate.store.cassandra")));
    }
}
