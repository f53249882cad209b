package io.wavegate.s2s.entity;

import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Wakes a link's entity when its core is next due, and when it has been of no use for long. */
final class LinkSchedule {
    private final TimerScheduler<LinkCommand> timers;
    private final Duration unusedFor;
    private long tickAtMillis = Long.MAX_VALUE;

    /** @param unusedFor how long a link of no use is kept */
    LinkSchedule(TimerScheduler<LinkCommand> timers, Duration unusedFor) {
        this.timers = timers;
        this.unusedFor = unusedFor;
    }

    /** {@link LinkCommand.Tick} has come. */
    void ticked() {
        tickAtMillis = Long.MAX_VALUE;
    }

    /** {@link LinkCommand.StopNow} comes, whatever is waited for. */
    void stopAfter(Duration time) {
        timers.startSingleTimer(LinkCommand.StopNow.class, new LinkCommand.StopNow(), time);
    }

    /**
     * To be called whenever the core may have changed. A timer set for earlier stays: a look too many costs less than a new
     * timer for each stanza.
     *
     * @param wakeMillis when the core is due, {@link Long#MAX_VALUE} for never
     * @param quiescent whether the link is of no use now; {@link LinkCommand.Unused} comes if that may have lasted
     */
    void next(long wakeMillis, boolean quiescent, long nowMillis) {
        if (wakeMillis < tickAtMillis) {
            tickAtMillis = wakeMillis;
            timers.startSingleTimer(
                    LinkCommand.Tick.class,
                    new LinkCommand.Tick(),
                    Duration.ofMillis(Math.max(1, wakeMillis - nowMillis)));
        }
        if (quiescent) {
            timers.startSingleTimer(LinkCommand.Unused.class, new LinkCommand.Unused(), unusedFor);
        }
    }
}
