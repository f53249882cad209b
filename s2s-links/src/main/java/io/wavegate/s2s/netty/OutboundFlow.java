package io.wavegate.s2s.netty;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was sent and is not acknowledged yet (XEP-0198). There may be only so much of it: beyond, whoever sends waits. Used by
 * the connection's event loop alone.
 */
final class OutboundFlow {
    private final long maxBytes;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private long bytes;

    /** A stanza and its share of the bytes that were written with it. */
    private record Kept(XmlElement stanza, long bytes) {}

    OutboundFlow(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void keep(List<XmlElement> stanzas, long written) {
        long share = written / stanzas.size();
        for (XmlElement stanza : stanzas) {
            kept.add(new Kept(stanza, share));
            bytes += share;
        }
    }

    void acknowledged(int stanzas) {
        for (int i = 0; i < stanzas; i++) {
            bytes -= kept.remove().bytes();
        }
        if (bytes <= maxBytes) {
            release();
        }
    }

    /** Runs it now, or when enough is acknowledged or nothing will be any more. */
    void whenRoom(Runnable task) {
        if (bytes <= maxBytes) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    /** Nothing will be acknowledged any more; what was not stays. */
    List<XmlElement> end() {
        release();
        return kept.stream().map(Kept::stanza).toList();
    }

    private void release() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }
}
