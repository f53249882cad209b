package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.replica.Divergence.Searching;
import java.util.List;
import java.util.Optional;

/** Finds the last boundary that our history and the host's have in common. */
final class HistorySearch {
    private HistorySearch() {}

    /** Where a question leads. */
    sealed interface Outcome {
        /** To the next question. */
        record AskOn(Searching next) implements Outcome {}

        /** The histories part. */
        record Parts(HashedVersion common, ReceivedDelta offered, AppliedDelta ours) implements Outcome {}

        /** There is no such history at the host: what made us search was not true. */
        record Untrue() implements Outcome {}

        /** The host tells our own history after all. */
        record Same() implements Outcome {}
    }

    /** The host does not know our boundary, or what it tells does not begin there. */
    static Outcome refused(Searching search, HashedVersion from) {
        if (from.version() <= 0) {
            return new Outcome.Untrue();
        }
        long earlier = Math.max(0, Math.min(search.atOrBelow(), from.version()) - search.step());
        long step = Math.min(Long.MAX_VALUE / 2, 2 * search.step());
        return new Outcome.AskOn(new Searching(search.to(), earlier, step, false));
    }

    /**
     * The host told history from a boundary of ours.
     *
     * @param told at least one delta
     * @param ours what we have from the same boundary on, possibly less or more
     * @param head where ours ends
     */
    static Outcome told(
            Searching search,
            HashedVersion from,
            List<ReceivedDelta> told,
            List<AppliedDelta> ours,
            HashedVersion head) {
        if (!told.get(0).appliedAt().equals(from)) {
            return refused(search, from);
        }
        HashedVersion at = from;
        for (int i = 0; i < Math.min(told.size(), ours.size()); i++) {
            ReceivedDelta theirs = told.get(i);
            if (!theirs.appliedAt().equals(at)) {
                break;
            }
            if (!theirs.bytes().equals(ours.get(i).bytes())) {
                return new Outcome.Parts(at, theirs, ours.get(i));
            }
            at = theirs.claimedResult();
        }
        boolean done = at.version() >= Math.min(head.version(), search.to().version());
        return done ? new Outcome.Same() : new Outcome.AskOn(new Searching(search.to(), at.version(), 1, false));
    }

    /** The evidence of where histories part. */
    static Evidence evidence(Outcome.Parts parts) {
        return new Evidence(
                "the host's history is another one from version "
                        + parts.common().version() + " on",
                parts.common(),
                parts.offered(),
                Optional.of(parts.ours().bytes()));
    }
}
