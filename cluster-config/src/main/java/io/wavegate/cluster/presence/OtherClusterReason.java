package io.wavegate.cluster.presence;

import org.apache.pekko.actor.CoordinatedShutdown;

/** Why a node ends that is in another cluster than the one that the store has signs of. */
public final class OtherClusterReason implements CoordinatedShutdown.Reason {
    /** The one there is. */
    public static final OtherClusterReason INSTANCE = new OtherClusterReason();

    private OtherClusterReason() {}

    @Override
    public String toString() {
        return "another cluster of the same store lives";
    }
}
