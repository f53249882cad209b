package io.wavegate.load.chaos.load;

import io.wavegate.load.chaos.lab.LabCluster;
import io.wavegate.load.chaos.lab.LabKeys;
import io.wavegate.load.chaos.lab.LabNode;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where users of both clusters find their gateway. */
public final class Gateways {
    private static final Duration READ = Duration.ofSeconds(10);

    private final LabCluster near;
    private final LabCluster far;
    private final LabKeys keys;

    /** @param near the cluster that is hurt */
    public Gateways(LabCluster near, LabCluster far, LabKeys keys) {
        this.near = near;
        this.far = far;
        this.keys = keys;
    }

    public LabCluster near() {
        return near;
    }

    public LabCluster far() {
        return far;
    }

    /** The cluster that serves a domain. */
    public LabCluster of(String domain) {
        return near.plan().domains().contains(domain) ? near : far;
    }

    /** A user's client, which knows all edges; users begin at different ones. */
    WavegateClient client(ParticipantId user, int which) {
        List<URI> edges = new ArrayList<>(
                of(user.domain()).edges().stream().map(LabNode::api).toList());
        Collections.rotate(edges, -(which % edges.size()));
        return WavegateClient.connect(edges, keys.token(user), user);
    }

    /** Reads as a user from one node. */
    public ApiReader reader(LabNode node, ParticipantId user, Duration timeout) {
        return new ApiReader(node.api(), keys.token(user), timeout);
    }

    /** Reads as a user from some node of his domain that takes requests. */
    public ApiReader reader(ParticipantId user) throws IOException {
        LabNode ready = of(user.domain()).nodes().stream()
                .filter(node -> node.process().isReady())
                .findFirst()
                .orElseThrow(() -> new IOException("no node of " + user.domain() + " takes requests"));
        return reader(ready, user, READ);
    }
}
