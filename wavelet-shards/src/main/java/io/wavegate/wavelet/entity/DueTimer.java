package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import java.time.Duration;
import java.util.OptionalLong;

/** One timer for all that a wavelet has to look after later: it stands at the earliest. */
final class DueTimer {
    private final EntityParts parts;
    private long armedFor = Long.MAX_VALUE;

    DueTimer(EntityParts parts) {
        this.parts = parts;
    }

    /** Fires at this time or earlier. */
    void arm(OptionalLong atMillis) {
        long at = atMillis.orElse(Long.MAX_VALUE);
        if (at >= armedFor) {
            return;
        }
        armedFor = at;
        long delay = Math.max(1, at - parts.now());
        parts.timers().startSingleTimer(Due.INSTANCE, Due.INSTANCE, Duration.ofMillis(delay));
    }

    void fired() {
        armedFor = Long.MAX_VALUE;
    }

    static OptionalLong earliest(OptionalLong a, OptionalLong b) {
        if (a.isEmpty()) {
            return b;
        }
        return b.isEmpty() ? a : OptionalLong.of(Math.min(a.getAsLong(), b.getAsLong()));
    }

    /** It is time. */
    record Due() implements Internal {
        static final Due INSTANCE = new Due();
    }
}
