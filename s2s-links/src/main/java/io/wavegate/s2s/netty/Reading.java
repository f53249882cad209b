package io.wavegate.s2s.netty;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether a connection is read from; where it is not, TCP makes the other side wait. Used by its event loop alone. */
final class Reading {
    private final Channel channel;
    private final BooleanSupplier wanted;
    private boolean paused;

    /** @param wanted whether more could be taken now */
    Reading(Channel channel, BooleanSupplier wanted) {
        this.channel = channel;
        this.wanted = wanted;
    }

    /** Not for so long, whatever is wanted. */
    void pause(long nanos) {
        if (!paused) {
            paused = true;
            regulate();
            channel.eventLoop().schedule(this::again, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void again() {
        paused = false;
        regulate();
    }

    /** What is wanted may have changed. */
    void regulate() {
        boolean read = !paused && wanted.getAsBoolean();
        if (read != channel.config().isAutoRead()) {
            channel.config().setAutoRead(read);
        }
    }
}
