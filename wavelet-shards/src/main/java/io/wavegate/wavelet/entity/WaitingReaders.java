package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.DeltasReply;
import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** Readers who have everything and wait for news of one wavelet; bounded. */
final class WaitingReaders {
    private final int max;
    private PriorityQueue<Waiting> waiting = new PriorityQueue<>();

    WaitingReaders(int max) {
        this.max = max;
    }

    /** False if there is no room. */
    boolean add(ReadDeltas read, long deadlineMillis) {
        return waiting.size() < max && waiting.add(new Waiting(deadlineMillis, read));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    OptionalLong nextDeadline() {
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.element().deadlineMillis());
    }

    /** News, durable by now: every reader gets its page. They all waited at the version before the first delta. */
    void news(List<AppliedDelta> deltas, HashedVersion head, long pageBytes) {
        PriorityQueue<Waiting> all = waiting;
        waiting = new PriorityQueue<>();
        for (Waiting one : all) {
            ReadDeltas read = one.read();
            List<AppliedDelta> page = DeltaPages.page(deltas, Math.min(read.maxBytes(), pageBytes));
            read.replyTo().tell(DeltasReply.of(upToRemoval(page, read.reader()), head));
        }
    }

    /** Those whose time is over get an empty page. */
    void expire(long nowMillis, HashedVersion head) {
        while (!waiting.isEmpty() && waiting.element().deadlineMillis() <= nowMillis) {
            waiting.remove().read().replyTo().tell(DeltasReply.of(List.of(), head));
        }
    }

    /** All get an empty page and ask again, of whoever runs the wavelet then. */
    void releaseAll(HashedVersion head) {
        expire(Long.MAX_VALUE, head);
    }

    // Who is removed learns of the removal, and of nothing after it.
    private static List<AppliedDelta> upToRemoval(List<AppliedDelta> page, ParticipantId reader) {
        List<AppliedDelta> seen = new ArrayList<>(page.size());
        for (AppliedDelta delta : page) {
            seen.add(delta);
            if (delta.operations().contains(new RemoveParticipant(reader))) {
                break;
            }
        }
        return seen;
    }

    private record Waiting(long deadlineMillis, ReadDeltas read) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return Long.compare(deadlineMillis, other.deadlineMillis);
        }
    }
}
