package io.wavegate.s2s.wire;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was sent and is not acknowledged yet (XEP-0198). There may be only so much of it: beyond, whoever sends waits. Used by
 * the connection's loop alone.
 */
final class OutboundFlow {
    private final long maxBytes;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Owed> owed = new ArrayList<>();
    private long bytes;
    private boolean over;

    /**
     * A stanza that waits for its acknowledgement.
     *
     * @param sender who sent it
     * @param stanza itself
     * @param bytes its share of those that were written with it
     */
    record Kept(Object sender, XmlElement stanza, long bytes) {}

    /** What is to be run when the peer has acknowledged all that this one sent. */
    private record Owed(Object sender, Runnable task) {}

    /** @param maxBytes beyond which whoever sends waits */
    OutboundFlow(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** These were written, in so many bytes together, and are to be acknowledged. */
    void keep(Object sender, List<XmlElement> stanzas, long written) {
        long share = written / stanzas.size();
        for (XmlElement stanza : stanzas) {
            kept.add(new Kept(sender, stanza, share));
            bytes += share;
        }
    }

    /** So many more, the oldest. */
    void acknowledged(int stanzas) {
        for (int i = 0; i < stanzas; i++) {
            bytes -= kept.remove().bytes();
        }
        if (bytes <= maxBytes) {
            release();
        }
        List<Owed> paid = owed.stream().filter(one -> isClear(one.sender())).toList();
        owed.removeAll(paid);
        paid.forEach(one -> one.task().run());
    }

    /** Runs it now, or when enough is acknowledged or nothing will be any more. */
    void whenRoom(Runnable task) {
        if (over || bytes <= maxBytes) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    /** Runs it now, or when the peer has acknowledged all that this one sent; not after the end. */
    void whenClear(Object sender, Runnable task) {
        if (isClear(sender)) {
            task.run();
        } else {
            owed.add(new Owed(sender, task));
        }
    }

    private boolean isClear(Object sender) {
        return kept.stream().noneMatch(one -> one.sender() == sender);
    }

    /** Nothing will be acknowledged any more; what was not stays. */
    List<Kept> end() {
        over = true;
        release();
        return List.copyOf(kept);
    }

    private void release() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }
}
