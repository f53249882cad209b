package io.wavegate.cassandra.runtime;

import java.util.List;

/** What a gateway has to be told to keep its data in a Cassandra of this module. */
final class StoreText {
    private StoreText() {}

    static String of(List<String> contactPoints, String keyspace, int copies) {
        return """
                wavegate.store {
                  kind = cassandra
                  cassandra {
                    contact-points = ["%s"]
                    local-datacenter = datacenter1
                    keyspace = "%s"
                    create-schema = on
                    replication = "{'class': 'NetworkTopologyStrategy', 'datacenter1': %d}"
                  }
                }
                """
                .formatted(String.join("\", \"", contactPoints), keyspace, copies);
    }
}
