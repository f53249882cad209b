package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.entity.WaveletReply.DeltasReply;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Readers who have everything and wait for news of one wavelet; bounded, in all and for each participant. Whoever goes away
 * without a word waits here to the end of his time, so the bound of one participant is what keeps room for the others.
 */
final class WaitingReaders {
    private static final int SHARE_OF_ONE = 8;

    private final int max;
    private final int maxOfOne;
    private final Map<ParticipantId, Integer> counts = new HashMap<>();
    private final Set<ActorRef<WaveletReply>> askers = new HashSet<>();
    private PriorityQueue<Waiting> waiting = new PriorityQueue<>();

    WaitingReaders(int max) {
        this.max = max;
        this.maxOfOne = Math.max(1, max / SHARE_OF_ONE);
    }

    /** False if there is no room, or none for this reader. A copy of one who waits changes nothing. */
    boolean add(ReadDeltas read, long deadlineMillis) {
        if (askers.contains(read.replyTo())) {
            return true;
        }
        int before = counts.getOrDefault(read.reader(), 0);
        if (waiting.size() >= max || before >= maxOfOne) {
            return false;
        }
        counts.put(read.reader(), before + 1);
        askers.add(read.replyTo());
        return waiting.add(new Waiting(deadlineMillis, read));
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
        for (Waiting one : takeAll()) {
            ReadDeltas read = one.read();
            List<AppliedDelta> page = DeltaPages.page(deltas, Math.min(read.maxBytes(), pageBytes));
            read.replyTo().tell(DeltasReply.of(upToRemoval(page, read.reader()), head));
        }
    }

    /**
     * Those whose time is over get an empty page.
     *
     * @return whether there were any
     */
    boolean expire(long nowMillis, HashedVersion head) {
        int before = waiting.size();
        while (!waiting.isEmpty() && waiting.element().deadlineMillis() <= nowMillis) {
            ReadDeltas read = waiting.remove().read();
            askers.remove(read.replyTo());
            counts.computeIfPresent(read.reader(), (reader, count) -> count == 1 ? null : count - 1);
            read.replyTo().tell(DeltasReply.of(List.of(), head));
        }
        return waiting.size() < before;
    }

    /** All ask again at once, of whoever runs the wavelet then. */
    void askAgain() {
        takeAll().forEach(one -> one.read().askAgain());
    }

    /** All are refused. */
    void refuseAll(Refusal refusal) {
        takeAll().forEach(one -> one.read().refuse(refusal));
    }

    private PriorityQueue<Waiting> takeAll() {
        PriorityQueue<Waiting> all = waiting;
        waiting = new PriorityQueue<>();
        counts.clear();
        askers.clear();
        return all;
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
