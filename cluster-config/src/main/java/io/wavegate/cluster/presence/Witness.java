package io.wavegate.cluster.presence;

import io.wavegate.cluster.settings.PresenceTimes;
import java.util.Optional;

/**
 * What a member makes of the sign: one member of a cluster holds it and gives beats, all look. As the holder is one of two
 * clusters', exactly one of them sees that there is another, and its members end.
 *
 * <p>The others wait before they take over from a holder that they have removed: if it is alive after all, it finds out by
 * itself.
 */
final class Witness {
    private final String self;
    private final PresenceTimes times;
    private Optional<Watch> watch = Optional.empty();
    private Optional<Long> strangeSince = Optional.empty();

    /** What to do next. */
    enum Duty {
        NOTHING,
        BEAT,
        CLAIM,
        END
    }

    /** @param self this node in its present life */
    Witness(String self, PresenceTimes times) {
        this.self = self;
        this.times = times;
    }

    /** The sign as it is now; times from a clock that only goes on, nanoseconds. */
    Duty seen(Sign sign, Membership own, long nowNanos) {
        Watch present = Watch.on(watch, sign, nowNanos, times.takeOver());
        watch = Optional.of(present);
        Duty duty = duty(present, own);
        if (duty != Duty.NOTHING || own.names().contains(sign.holder())) {
            strangeSince = Optional.empty();
            return duty;
        }
        long since = strangeSince.filter(begun -> present.begunNanos() <= begun).orElse(nowNanos);
        strangeSince = Optional.of(since);
        boolean lives = present.sinceNanos() > since;
        return lives && nowNanos - since >= times.patience().toNanos() ? Duty.END : Duty.NOTHING;
    }

    /** Whether a cluster that is not ours gives signs of life at present. */
    boolean isInDoubt() {
        return strangeSince.isPresent();
    }

    private Duty duty(Watch present, Membership own) {
        if (present.sign().isHeldBy(self)) {
            return Duty.BEAT;
        }
        // The oldest first, so that not all claim at once; the others too, since the oldest may be the one without a
        // store.
        boolean silent = present.isQuietFor(
                own.isOldest() ? times.takeOver() : times.takeOver().multipliedBy(2));
        return present.sign().isFree() || silent ? Duty.CLAIM : Duty.NOTHING;
    }
}
