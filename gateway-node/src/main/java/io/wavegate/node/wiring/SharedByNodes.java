package io.wavegate.node.wiring;

import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.node.config.Finding;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.s2s.netty.StreamsSettings;
import java.util.ArrayList;
import java.util.List;

/** What several nodes of one cluster must have in common before they may start. */
final class SharedByNodes {
    private SharedByNodes() {}

    /** Nothing for a single node. */
    static List<Finding> check(ClusterSettings cluster, StoreSettings store, StreamsSettings streams) {
        List<Finding> findings = new ArrayList<>();
        if (cluster.singleNode()) {
            return findings;
        }
        if (!(store instanceof StoreSettings.Cassandra)) {
            findings.add(new Finding(
                    "wavegate.store.kind",
                    "is a store of one node, and wavegate.cluster names others: each would have histories of its own",
                    "Set wavegate.store.kind = cassandra with the same contact-points and keyspace on all nodes, or remove"
                            + " wavegate.cluster.seed-nodes to run a single node"));
        }
        if (streams.dialbackSecrets().isEmpty()) {
            findings.add(new Finding(
                    "wavegate.s2s.streams.dialback-secrets",
                    "is empty, so each node would make one of its own, and could not vouch for keys that another node sent",
                    "Set it to the same random text of at least 16 characters on all nodes, for example one from"
                            + " `openssl rand -hex 32` (WAVEGATE_S2S_DIALBACK_SECRETS)"));
        }
        return findings;
    }
}
