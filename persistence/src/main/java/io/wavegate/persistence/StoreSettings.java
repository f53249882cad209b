package io.wavegate.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.persistence.cassandra.CassandraSettings;
import io.wavegate.persistence.embedded.EmbeddedSettings;

/** Which store a node uses, and how: {@code wavegate.store} in the configuration, documented in {@code reference.conf}. */
public sealed interface StoreSettings {
    /** A folder of this machine; for one node. */
    record Embedded(EmbeddedSettings settings) implements StoreSettings {}

    /** A Cassandra cluster; for any number of nodes. */
    record Cassandra(CassandraSettings settings) implements StoreSettings {}

    /** The heap: everything is lost when the process ends. */
    record Memory() implements StoreSettings {}

    /** Reads {@code wavegate.store} of the whole configuration, and of the stores only the chosen one. */
    static StoreSettings from(Config config) {
        Config store = config.getConfig("wavegate.store");
        String kind = store.getString("kind");
        return switch (kind) {
            case "embedded" -> new Embedded(EmbeddedSettings.from(store.getConfig("embedded")));
            case "cassandra" -> new Cassandra(CassandraSettings.from(store.getConfig("cassandra")));
            case "memory" -> new Memory();
            default ->
                throw new ConfigException.BadValue(
                        store.getValue("kind").origin(),
                        "wavegate.store.kind",
                        "must be embedded, cassandra or memory, not " + kind);
        };
    }
}
