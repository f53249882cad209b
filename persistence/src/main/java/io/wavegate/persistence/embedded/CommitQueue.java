package io.wavegate.persistence.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Requests in order of arrival, bounded in bytes; whoever takes, takes as much as one write may hold. */
final class CommitQueue {
    /** What became of an offer. */
    enum Offer {
        ACCEPTED,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;
    private boolean closed;

    CommitQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A request larger than the bound is accepted when nothing else waits. */
    Offer offer(Request request) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (bytes > 0 && bytes + request.bytes() > maxBytes) {
                return Offer.FULL;
            }
            waiting.add(request);
            bytes += request.bytes();
            changed.signal();
            return Offer.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the oldest requests, up to {@code batchBytes} or one. Waits at most {@code patience} for the first.
     *
     * @return possibly none
     */
    List<Request> take(long batchBytes, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (waiting.isEmpty() && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            List<Request> taken = new ArrayList<>();
            long takenBytes = 0;
            for (Request next = waiting.peek(); next != null; next = waiting.peek()) {
                if (!taken.isEmpty() && takenBytes + next.bytes() > batchBytes) {
                    break;
                }
                takenBytes += next.bytes();
                taken.add(waiting.remove());
            }
            bytes -= takenBytes;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing more; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True when nothing will ever be taken again. */
    boolean isFinished() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
