package io.wavegate.s2s.stream;

import java.util.Optional;

/**
 * The counters of stream management (XEP-0198 section 4), kept whole here; on the wire they go round after 2^32 - 1.
 *
 * @param tracked whether what we send is counted: since our {@code <enable/>} or {@code <enabled/>}
 * @param sent stanzas that we sent since then
 * @param acknowledged of these, what the peer has handled
 * @param asked whether an {@code <r/>} of ours awaits its answer
 * @param timed whether the timer for asking or answering runs
 * @param counting whether the peer counts on our count: since its {@code <enable/>} or {@code <enabled/>}
 * @param arrived stanzas that arrived since the stream was opened
 * @param handled of these, in order, what we answer for
 * @param before stanzas that arrived before the peer began to count
 * @param owed a better answer is owed once so many are handled; negative if none is
 */
record Acks(
        boolean tracked,
        long sent,
        long acknowledged,
        boolean asked,
        boolean timed,
        boolean counting,
        long arrived,
        long handled,
        long before,
        long owed) {
    static final Acks NONE = new Acks(false, 0, 0, false, false, false, 0, 0, 0, -1);

    private static final int MOST_DIGITS = 10;
    private static final long WRAP = 1L << 32;

    /** From now on what we send is counted. */
    Acks tracking() {
        return new Acks(true, 0, 0, false, timed, counting, arrived, handled, before, owed);
    }

    /** The peer does not acknowledge after all. */
    Acks untracked() {
        return new Acks(false, 0, 0, false, false, counting, arrived, handled, before, owed);
    }

    /** From now on the peer counts what it sends. */
    Acks counted() {
        return new Acks(tracked, sent, acknowledged, asked, timed, true, arrived, handled, arrived, -1);
    }

    Acks withSent(int stanzas) {
        return tracked
                ? new Acks(true, sent + stanzas, acknowledged, asked, timed, counting, arrived, handled, before, owed)
                : this;
    }

    long unacknowledged() {
        return sent - acknowledged;
    }

    /** The peer has handled so many, modulo 2^32; empty if that is more than was sent, or less than it said before. */
    Optional<Acks> withAcknowledged(long h) {
        long more = Math.floorMod(h - acknowledged, WRAP);
        return more > unacknowledged()
                ? Optional.empty()
                : Optional.of(new Acks(
                        tracked, sent, acknowledged + more, false, timed, counting, arrived, handled, before, owed));
    }

    Acks withAsked(boolean now) {
        return new Acks(tracked, sent, acknowledged, now, timed, counting, arrived, handled, before, owed);
    }

    Acks withTimed(boolean now) {
        return new Acks(tracked, sent, acknowledged, asked, now, counting, arrived, handled, before, owed);
    }

    Acks withArrived() {
        return new Acks(tracked, sent, acknowledged, asked, timed, counting, arrived + 1, handled, before, owed);
    }

    Acks withHandled(int stanzas) {
        return new Acks(tracked, sent, acknowledged, asked, timed, counting, arrived, handled + stanzas, before, owed);
    }

    /** The peer was told our count, which may not cover all that arrived yet. */
    Acks told() {
        long due = handled < arrived ? arrived : -1;
        return new Acks(tracked, sent, acknowledged, asked, timed, counting, arrived, handled, before, due);
    }

    boolean isAnswerDue() {
        return counting && owed >= 0 && handled >= owed;
    }

    /** Our count as the peer reads it. */
    long h() {
        return onWire(Math.max(0, handled - before));
    }

    /** Reads a count from the wire. */
    static Optional<Long> count(String text) {
        boolean digits = text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return Optional.of(text)
                .filter(t -> digits && !t.isEmpty())
                .map(Long::parseLong)
                .filter(count -> count < WRAP);
    }

    static long onWire(long count) {
        return count % WRAP;
    }
}
