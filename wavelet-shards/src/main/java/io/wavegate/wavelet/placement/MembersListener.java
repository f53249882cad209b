package io.wavegate.wavelet.placement;

/** Told that nodes have come or gone. */
@FunctionalInterface
public interface MembersListener {
    /**
     * What was running on a node that is gone has forgotten everything.
     *
     * @param oldest this node is the oldest of those that run entities: the one that looks after what is nobody's. Two
     *     may be told so for a while, so whatever is done must be idempotent
     */
    void changed(boolean oldest);
}
