package io.wavegate.s2s.netty;

import io.wavegate.s2s.limit.Excess;
import io.wavegate.s2s.limit.Limit;
import io.wavegate.s2s.limit.Scope;
import io.wavegate.s2s.wire.Refusals;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators of limits that were hit, each at most once a minute: who floods us must not flood the log. */
final class LimitLog implements Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(LimitLog.class);
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final String limits;
    private final Map<Limit, Map<Scope, Silence>> silences = new EnumMap<>(Limit.class);

    /** @param limits the key of the configuration that they are under */
    LimitLog(String limits) {
        this.limits = limits;
    }

    private static final class Silence {
        private long untilNanos;
        private long untold;
    }

    @Override
    public synchronized void refused(String what, Excess excess, long nowNanos) {
        Silence silence = silences.computeIfAbsent(excess.limit(), limit -> new EnumMap<>(Scope.class))
                .computeIfAbsent(excess.scope(), scope -> new Silence());
        if (silence.untilNanos != 0 && nowNanos - silence.untilNanos < 0) {
            silence.untold++;
            return;
        }
        LOG.warn(
                "Refused {}: {} ({}, {} by {}). {} more like that since the last such line.",
                what,
                excess.text(),
                limits,
                excess.limit().label(),
                excess.scope().label(),
                silence.untold);
        silence.untold = 0;
        silence.untilNanos = nowNanos + EVERY_NANOS;
    }
}
