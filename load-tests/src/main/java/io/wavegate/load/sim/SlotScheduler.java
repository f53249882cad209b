package io.wavegate.load.sim;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Timers of a slot's actor system as events. Made by Pekko, by name. Outside of a run nothing ever becomes due. */
public final class SlotScheduler extends AbstractScheduler {
    private final String slot;

    /** Called by Pekko. */
    public SlotScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        this.slot = config.getString("wavegate-simulation.slot");
    }

    @Override
    public Cancellable schedule(
            FiniteDuration first, FiniteDuration interval, Runnable work, ExecutionContext executor) {
        throw new UnsupportedOperationException("nothing in the simulation repeats at a fixed rate");
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable work, ExecutionContext executor) {
        Slot owner = Slots.named(slot);
        World world = owner.world();
        if (world == null) {
            return new Due(null);
        }
        return new Due(world.after(Math.max(1, delay.toMicros()), owner, () -> executor.execute(work)));
    }

    @Override
    public double maxFrequency() {
        return 1_000_000;
    }

    private static final class Due implements Cancellable {
        private final World.@org.jspecify.annotations.Nullable Event event;
        private boolean cancelled;

        Due(World.@org.jspecify.annotations.Nullable Event event) {
            this.event = event;
        }

        @Override
        public boolean cancel() {
            boolean first = !cancelled;
            cancelled = true;
            if (event != null) {
                event.cancelled = true;
            }
            return first;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
