package io.wavegate.node.demo;

import java.util.ArrayList;
import java.util.List;

/** What one person's client has sent: for each delta, in order, up to which transaction it goes and when it was sent. */
final class SentLog {
    private final List<Integer> upTo = new ArrayList<>();
    private final List<Long> sentAtNanos = new ArrayList<>();

    synchronized void sent(int edits, long nowNanos) {
        upTo.add((upTo.isEmpty() ? 0 : upTo.get(upTo.size() - 1)) + edits);
        sentAtNanos.add(nowNanos);
    }

    synchronized int upTo(int delta) {
        return upTo.get(delta);
    }

    synchronized long sentAtNanos(int delta) {
        return sentAtNanos.get(delta);
    }

    synchronized int deltas() {
        return upTo.size();
    }
}
