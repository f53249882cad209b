package io.wavegate.node.client;

import java.net.URI;
import java.util.List;

/** The nodes of a gateway, and the one in use: when it fails, the next. Safe for use by many threads. */
final class Gateways {
    private final List<URI> nodes;
    private int current;

    Gateways(List<URI> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("at least one gateway is needed");
        }
        this.nodes = List.copyOf(nodes);
    }

    int count() {
        return nodes.size();
    }

    synchronized URI current() {
        return nodes.get(current);
    }

    /** This one failed; nothing if another took its place already. */
    synchronized void failed(URI node) {
        if (nodes.get(current).equals(node)) {
            current = (current + 1) % nodes.size();
        }
    }
}
