package io.wavegate.wavelet.entity;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a wavelet waits before it is loaded again after a fault: from the shortest pause on, each time twice as long. The
 * waiting is the wavelet's own, so that it can stop meanwhile. State with one owner.
 */
final class RestartPauses {
    /** Whoever has done without a fault for so long begins with the shortest pause. */
    private static final Duration SOUND = Duration.ofMinutes(1);

    /** Then it stops, until somebody asks again. */
    private static final int MOST_RESTARTS = 20;

    private final Duration shortest;
    private final Duration longest;
    private boolean begun;
    private int restarts;
    private long soundAtMillis;

    RestartPauses(WaveletSettings.Lifecycle lifecycle) {
        shortest = lifecycle.reloadMin();
        longest = lifecycle.reloadMax();
    }

    /**
     * A wavelet begins, for the first time or once more.
     *
     * @return how long it waits before it is loaded: not at all at first; empty if it has failed too often
     */
    Optional<Duration> next(long nowMillis) {
        if (!begun) {
            begun = true;
            return Optional.of(Duration.ZERO);
        }
        restarts = nowMillis >= soundAtMillis ? 1 : restarts + 1;
        if (restarts > MOST_RESTARTS) {
            return Optional.empty();
        }
        long doubled = shortest.toMillis() << Math.min(restarts - 1, MOST_RESTARTS);
        Duration pause = Duration.ofMillis(Math.min(doubled, longest.toMillis()));
        soundAtMillis = nowMillis + pause.toMillis() + SOUND.toMillis();
        return Optional.of(pause);
    }
}
