package io.wavegate.node.wiring;

import io.wavegate.cluster.formation.Agreement;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.node.config.Finding;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.wavelet.entity.WaveletSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** What several nodes of one cluster must have in common before they may start. */
final class SharedByNodes {
    /** Of what nodes send each other; raised when neighbouring releases would not understand each other. */
    private static final int PROTOCOL = 1;

    private static final int DIGEST_CHARS = 12;

    private SharedByNodes() {}

    /** What a node that joins must have in common with those that are there. */
    static Agreement agreement(NodeSettings settings) {
        List<Agreement.Term> terms = new ArrayList<>(List.of(
                Agreement.Term.of("the protocol between nodes", PROTOCOL),
                Agreement.Term.of(
                        "wavegate.wavelets.shards",
                        WaveletSettings.from(settings.config()).shards()),
                Agreement.Term.of(
                        "wavegate.domains",
                        settings.identities().names().stream().sorted().collect(Collectors.joining(", ")))));
        if (settings.store() instanceof StoreSettings.Cassandra cassandra) {
            terms.add(Agreement.Term.of(
                    "wavegate.store.cassandra.keyspace", cassandra.settings().keyspace()));
        }
        if (!settings.streams().dialbackSecrets().isEmpty()) {
            // While secrets are changed one after the other, nodes have one in common.
            terms.add(new Agreement.Term(
                    "wavegate.s2s.streams.dialback-secrets (by digests)",
                    settings.streams().dialbackSecrets().stream()
                            .map(SharedByNodes::digest)
                            .collect(Collectors.toSet())));
        }
        return new Agreement(terms);
    }

    private static String digest(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing for a single node. */
    static List<Finding> check(ClusterSettings cluster, StoreSettings store, StreamsSettings streams) {
        List<Finding> findings = new ArrayList<>();
        if (cluster.singleNode()) {
            return findings;
        }
        if (!(store instanceof StoreSettings.Cassandra)) {
            findings.add(new Finding(
                    "wavegate.store.kind",
                    "is a store of one node, and wavegate.cluster looks for others: each would have histories of its own",
                    "Set wavegate.store.kind = cassandra with the same contact-points and keyspace on all nodes, or remove"
                            + " wavegate.cluster.seed-nodes and discovery to run a single node"));
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
