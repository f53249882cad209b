package io.wavegate.cluster.presence;

import io.wavegate.cluster.settings.PresenceTimes;
import java.util.Optional;

/**
 * Whether a node that looks for no others may begin: not beside a cluster of the same store. It would run what runs there
 * already; the store would take the writes of one of them, but each would have links and readers of its own.
 *
 * <p>It leaves no signs itself.
 */
public final class Solitude {
    private final String node;
    private final PresenceTimes times;
    private Optional<Watch> watch = Optional.empty();

    /** What to do. */
    public enum Verdict {
        /** No cluster lives. */
        BEGIN,
        /** There are signs, and it is not known yet whether they are of a living one: look again. */
        LOOK_AGAIN,
        /** One lives. */
        REFUSE
    }

    /** @param node {@code host:port} of the one that would begin */
    public Solitude(String node, PresenceTimes times) {
        this.node = node;
        this.times = times;
    }

    /** The sign as it is now; times from a clock that only goes on, nanoseconds. */
    public Verdict seen(Sign sign, long nowNanos) {
        Optional<Watch> before = watch;
        Watch present = Watch.on(before, sign, nowNanos, times.takeOver());
        watch = Optional.of(present);
        if (Founding.isAllowed(present, node, times)) {
            return Verdict.BEGIN;
        }
        boolean moved = before.filter(earlier -> !earlier.sign().equals(sign)).isPresent();
        return moved ? Verdict.REFUSE : Verdict.LOOK_AGAIN;
    }
}
