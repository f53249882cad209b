package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.AfterStreamError;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.random.RandomGenerator;

/** When a link on which something is behind tries again by itself. */
final class Retry {
    /** After a failed attempt the peer's own words bring on the next one only after so many base intervals. */
    private static final int HEARD_SPACING = 5;

    private final Backoff backoff;
    private final Backoff silence;
    private final long baseMillis;
    private final long maxMillis;
    private boolean wanted;
    private boolean afterSilence;
    private long atMillis = Long.MAX_VALUE;
    private long floorMillis;

    Retry(LinkSettings settings, RandomGenerator random) {
        baseMillis = settings.retryBase().toMillis();
        maxMillis = settings.retryMax().toMillis();
        backoff = new Backoff(baseMillis, maxMillis, random);
        silence = new Backoff(baseMillis, maxMillis, random);
    }

    /** Something is behind: an attempt is to be made, if none is planned yet, after the backoff and not before. */
    void want(long nowMillis, long notBeforeMillis) {
        wanted = true;
        if (atMillis == Long.MAX_VALUE || afterSilence) {
            afterSilence = false;
            atMillis = Math.max(nowMillis + backoff.nextDelayMillis(), Math.max(notBeforeMillis, floorMillis));
        }
    }

    /**
     * A peer that is there did not answer: to be tried again, ever more rarely as long as it is there, for the reference
     * never gives a receipt for what it knows already.
     */
    void wantAfterSilence(long nowMillis) {
        wanted = true;
        if (atMillis == Long.MAX_VALUE) {
            afterSilence = true;
            atMillis = nowMillis + silence.nextDelayMillis();
        }
    }

    /**
     * The peer lives: no reason to wait longer, except that a peer that speaks but cannot be reached is not dialled at each
     * of its words.
     */
    void heard(long nowMillis, long failedMillis) {
        if (wanted) {
            atMillis = Math.min(atMillis, Math.max(nowMillis, soonestMillis(failedMillis)));
        }
    }

    /** A peer may have said that trying is of no use for now: then no attempt soon, whatever it says meanwhile. */
    void heed(StreamEnd end, long nowMillis) {
        if (AfterStreamError.of(end) == AfterStreamError.BACK_OFF_LONG) {
            floorMillis = nowMillis + maxMillis;
            atMillis = atMillis == Long.MAX_VALUE ? atMillis : Math.max(atMillis, floorMillis);
        }
    }

    /** When the peer's words may bring on an attempt, after one that failed. */
    long soonestMillis(long failedMillis) {
        return Math.max(failedMillis + HEARD_SPACING * baseMillis, floorMillis);
    }

    /** When its wave service's own words may bring on an attempt: sooner, since what it says now is lost if refused. */
    long againMillis(long failedMillis) {
        return Math.max(failedMillis + baseMillis, floorMillis);
    }

    void noLaterThan(long millis) {
        wanted = true;
        atMillis = Math.min(atMillis, millis);
    }

    boolean isDue(long nowMillis) {
        return wanted && nowMillis >= atMillis;
    }

    /** An attempt is being made; its failure plans the next. */
    void begun() {
        atMillis = Long.MAX_VALUE;
        silence.reset();
    }

    /** A request was answered: the next failure starts with short waits again. */
    void succeeded() {
        backoff.reset();
    }

    /** @return true if something was behind, which is to go on now */
    boolean done() {
        boolean was = wanted;
        wanted = false;
        atMillis = Long.MAX_VALUE;
        return was;
    }

    boolean isWanted() {
        return wanted;
    }

    /** When; {@link Long#MAX_VALUE} if no attempt is planned. */
    long atMillis() {
        return atMillis;
    }
}
