package io.wavegate.s2s.resolve;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * DNS answers that may be used again. Whole resolutions are not kept: the draw among targets is made anew each time.
 * Bounded, oldest answer out first. Not for use by several threads at once.
 */
public final class AnswerCache {
    private final int size;
    private final Duration maximumTtl;
    private final Duration negativeTtl;
    private final LinkedHashMap<DnsQuestion, Kept> kept = new LinkedHashMap<>();

    private record Kept(DnsAnswer answer, Instant until) {}

    public AnswerCache(ResolveSettings settings) {
        this.size = settings.cacheSize();
        this.maximumTtl = settings.maximumTtl();
        this.negativeTtl = settings.negativeTtl();
    }

    /** The answer, if it is kept and still good at {@code now}. */
    public Optional<DnsAnswer> find(DnsQuestion question, Instant now) {
        Kept found = kept.get(question);
        if (found == null) {
            return Optional.empty();
        }
        if (!now.isBefore(found.until())) {
            kept.remove(question);
            return Optional.empty();
        }
        return Optional.of(found.answer());
    }

    /** Keeps an answer as long as it may be; failures are not kept. */
    public void keep(DnsQuestion question, DnsAnswer answer, Instant now) {
        Duration ttl = ttl(answer);
        if (ttl.isZero() || ttl.isNegative()) {
            return;
        }
        kept.remove(question);
        kept.put(question, new Kept(answer, now.plus(ttl)));
        if (kept.size() > size) {
            Map.Entry<DnsQuestion, Kept> oldest = kept.entrySet().iterator().next();
            kept.remove(oldest.getKey());
        }
    }

    private Duration ttl(DnsAnswer answer) {
        if (answer instanceof DnsAnswer.Found found) {
            return found.ttl().compareTo(maximumTtl) > 0 ? maximumTtl : found.ttl();
        }
        return answer instanceof DnsAnswer.None ? negativeTtl : Duration.ZERO;
    }
}
