package io.wavegate.node.wiring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.cluster.settings.ClusterSettings;

/** Whether what one message between nodes must hold fits into one. What does not is dropped by Pekko, with a line in the log. */
final class MessageFrames {
    private static final String FRAME = "pekko.remote.artery.advanced.maximum-frame-size";
    private static final String DELTA = "wavegate.wavelets.delta.max-bytes";
    private static final long ENVELOPE = 64 << 10;

    /** A delta is stored with what it was transformed to, and goes in base64 in a stanza. */
    private static final int FORMS = 3;

    private MessageFrames() {}

    /**
     * Checks the bounds against each other.
     *
     * @param root the whole configuration
     * @param cluster of the same
     * @return the largest frame, in bytes
     * @throws ConfigException if a delta may be too large for it
     */
    static long check(Config root, ClusterSettings cluster) {
        long frame = cluster.over(root).getBytes(FRAME);
        long delta = root.getBytes(DELTA);
        if (FORMS * delta + ENVELOPE > frame) {
            throw new ConfigException.BadValue(
                    root.getValue(DELTA).origin(),
                    DELTA,
                    "a delta of " + delta + " bytes may need " + FORMS + " times as much between nodes, and a message"
                            + " there may have " + frame + " bytes (" + FRAME + "): lower the one or raise the other");
        }
        return frame;
    }
}
