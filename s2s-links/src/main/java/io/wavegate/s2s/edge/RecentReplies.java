package io.wavegate.s2s.edge;

import io.wavegate.s2s.link.Replies;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlSize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Answers of ours that were given to a socket a moment ago. Should the edge that had the socket die, they may have died with it,
 * and who asked, perhaps by a stream to another edge, sees no reason to ask again before his time is over. An answer counts once,
 * by its id, so saying it twice does no harm.
 */
final class RecentReplies {
    /** Longer than a dead edge goes unnoticed with the settings for production. */
    private static final long KEPT_MILLIS = 30_000;

    private static final int MOST = 64;
    private static final long MOST_BYTES = 1 << 16;

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long bytes;

    private record Kept(XmlElement stanza, long bytes, long untilMillis) {}

    void add(List<XmlElement> stanzas, long nowMillis) {
        for (XmlElement stanza : stanzas) {
            if (Replies.isReply(stanza)) {
                Kept reply = new Kept(stanza, XmlSize.of(stanza), nowMillis + KEPT_MILLIS);
                kept.add(reply);
                bytes += reply.bytes();
            }
        }
        while (kept.size() > MOST || bytes > MOST_BYTES) {
            removeOldest();
        }
    }

    private void removeOldest() {
        bytes -= kept.remove().bytes();
    }

    /** Time has passed. */
    void expire(long nowMillis) {
        while (nextWakeMillis() <= nowMillis) {
            removeOldest();
        }
    }

    /** When {@link #expire} is due; {@link Long#MAX_VALUE} for never. */
    long nextWakeMillis() {
        return kept.isEmpty() ? Long.MAX_VALUE : kept.element().untilMillis();
    }

    /** All, in order. */
    List<XmlElement> all() {
        List<XmlElement> all = new ArrayList<>();
        kept.forEach(reply -> all.add(reply.stanza()));
        return all;
    }
}
