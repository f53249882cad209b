package io.wavegate.cluster.presence;

import java.util.Set;

/** By nodes that were found by other means and asked: who asks for leave to form a cluster gets it or asks again. */
final class FoundApproach implements Approach {
    private boolean asked;
    private boolean granted;

    /** Leave to form a cluster, as of now. */
    boolean ask() {
        asked = true;
        return granted;
    }

    @Override
    public boolean isToFound() {
        return asked;
    }

    @Override
    public void found() {
        granted = true;
    }

    @Override
    public void look(Set<String> nodes, long nowNanos) {
        // Pekko goes on looking by itself.
    }
}
