package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.HashedVersion;

/** What is done about a boundary that the host tells of and that our history contradicts. */
public sealed interface Divergence {
    /** The boundary of the host's that does not fit ours. Only claimed until the host has told the history up to it. */
    HashedVersion to();

    /**
     * The host is asked from ever earlier boundaries of ours until it knows one: the steps back double, so a history of a
     * million versions takes twenty questions. From the one it knows on, what it tells is compared with ours.
     *
     * @param atOrBelow the next question is from our last boundary that is not later than this
     * @param step how far back to go if that is refused
     * @param asked the question is out
     */
    record Searching(HashedVersion to, long atOrBelow, long step, boolean asked) implements Divergence {
        /** A search from the latest boundary of ours that can be asked from: a range has to hold something (spec 7.5). */
        static Searching begin(HashedVersion to, HashedVersion ours) {
            return new Searching(to, Math.min(ours.version(), to.version() - 1), 1, false);
        }

        Searching withTarget(HashedVersion later) {
            return new Searching(later, atOrBelow, step, asked);
        }

        Searching withAsked(boolean now) {
            return new Searching(to, atOrBelow, step, now);
        }
    }

    /**
     * The host has shown a history that leaves ours at a boundary. Ours is kept as it stands, and served, until the other
     * one is there as a whole.
     *
     * @param common the last boundary of both
     */
    record Found(HashedVersion common, HashedVersion to) implements Divergence {}
}
