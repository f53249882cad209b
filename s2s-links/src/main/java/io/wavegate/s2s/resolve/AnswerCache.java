package io.wavegate.s2s.resolve;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * DNS answers that may be used again. Whole resolutions are not kept: the draw among targets is made anew each time.
 * Bounded, oldest answer out first. Not for use by several threads at once.
 */
public final class AnswerCache {
    /** RFC 9520 section 3.2: at least this, so that whoever asks us again and again does not make us ask. */
    private static final Duration FAILURE_TTL = Duration.ofSeconds(1);

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

    /** Keeps an answer as long as it may be. */
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

    /**
     * Forgets what is kept for a name, for names below it, and for the hosts that their SRV records lead to.
     *
     * @param domain in A-labels
     * @return how many answers
     */
    public int forget(String domain) {
        Set<String> names = new HashSet<>();
        kept.forEach((question, entry) -> {
            if (isUnder(question.name(), domain)) {
                names.add(question.name());
                names.addAll(targets(entry.answer()));
            }
        });
        int before = kept.size();
        kept.keySet().removeIf(question -> names.contains(question.name()));
        return before - kept.size();
    }

    /** Forgets everything. */
    public int forgetAll() {
        int before = kept.size();
        kept.clear();
        return before;
    }

    private static boolean isUnder(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }

    private static Set<String> targets(DnsAnswer answer) {
        Set<String> targets = new HashSet<>();
        if (answer instanceof DnsAnswer.Found found) {
            for (DnsRecord record : found.records()) {
                if (record instanceof DnsRecord.Srv srv) {
                    targets.add(srv.target());
                }
            }
        }
        return targets;
    }

    private Duration ttl(DnsAnswer answer) {
        if (answer instanceof DnsAnswer.Found found) {
            return found.ttl().compareTo(maximumTtl) > 0 ? maximumTtl : found.ttl();
        }
        if (answer instanceof DnsAnswer.None none) {
            return none.ttl().filter(ttl -> ttl.compareTo(negativeTtl) < 0).orElse(negativeTtl);
        }
        return FAILURE_TTL;
    }
}
