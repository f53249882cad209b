package io.wavegate.s2s.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * Closes a connection once all is written. Where our last words matter it lingers: closing with unread data in the kernel
 * sends a reset, which makes the other side throw away what it has not read yet, our stream error for one; so we end our
 * direction first, and go on reading, and throwing away, for a moment.
 */
final class LastWrite implements Written {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Carrier carrier;
    private final boolean lingering;

    private LastWrite(Carrier carrier, boolean lingering) {
        this.carrier = carrier;
        this.lingering = lingering;
    }

    /** @param lingering whether the other side is to read what we say, whatever it still sends */
    static void of(Carrier carrier, boolean lingering) {
        carrier.flush(new LastWrite(carrier, lingering));
    }

    @Override
    public void told(Optional<String> failure) {
        if (lingering && failure.isEmpty()) {
            carrier.endOutput();
            carrier.loop().schedule(carrier::close, MOMENT.toNanos());
        } else {
            carrier.close();
        }
    }
}
