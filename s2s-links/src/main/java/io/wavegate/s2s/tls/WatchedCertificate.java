package io.wavegate.s2s.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides when what is in the files of a certificate takes the place of what is in use. Plain: whoever looks brings the
 * files' fingerprint and the time.
 *
 * <pre>
 * in use ── files changed ──► changed once ── the same at the next look ──► loaded ── in order ──► in use
 *                                  ▲ └─ changed again: still being written       └─ not: the old one stays
 * </pre>
 */
final class WatchedCertificate {
    private static final Duration REMIND_EVERY = Duration.ofDays(1);

    private final CertificateSource source;
    private final CertificateAdvice advice;
    private DomainCertificate current;
    private Instant since;
    private String inUse = "";
    private String seen = "";
    private String problem = "";
    private @Nullable Instant reminded;

    /** What came of a look at the files. */
    sealed interface Outcome {
        /** The new one is in order and in use from now on. */
        record Taken(DomainCertificate certificate) implements Outcome {}

        /**
         * The old one stays.
         *
         * @param text thing, cause, next step
         */
        record Refused(String text) implements Outcome {}
    }

    /** @param current what was loaded before the first look */
    WatchedCertificate(CertificateSource source, DomainCertificate current, CertificateAdvice advice, Instant now) {
        this.source = source;
        this.current = current;
        this.advice = advice;
        this.since = now;
    }

    /**
     * One look; chain and key are two files and never written at one instant, so a change counts when it was the same twice.
     *
     * @return empty if nothing is new, what is refused already included
     */
    Optional<Outcome> look(String fingerprint, Instant now) {
        if (!fingerprint.equals(seen)) {
            seen = fingerprint;
            return Optional.empty();
        }
        return settled(fingerprint, now);
    }

    /** A look at files that are said to be complete. */
    Optional<Outcome> settled(String fingerprint, Instant now) {
        seen = fingerprint;
        if (fingerprint.equals(inUse)) {
            problem = "";
            return Optional.empty();
        }
        LoadedCertificate loaded = source.load(now);
        if (loaded instanceof LoadedCertificate.Broken broken) {
            return refused(
                    broken.problems().stream().map(CertificateProblem::text).collect(Collectors.joining("; ")));
        }
        DomainCertificate found = ((LoadedCertificate.Usable) loaded).certificate();
        // The same leaf means the same key, however its file writes it.
        if (found.chain().equals(current.chain())) {
            inUse = fingerprint;
            problem = "";
            return Optional.empty();
        }
        return isWorse(found, now) ? refused(complaints(found, now)) : taken(fingerprint, found, now);
    }

    private Optional<Outcome> taken(String fingerprint, DomainCertificate found, Instant now) {
        current = found;
        since = now;
        inUse = fingerprint;
        problem = "";
        reminded = null;
        return Optional.of(new Outcome.Taken(found));
    }

    /** It is looked at again each time, as it may become valid, but told once. */
    private Optional<Outcome> refused(String cause) {
        if (cause.equals(problem)) {
            return Optional.empty();
        }
        problem = cause;
        return Optional.of(new Outcome.Refused(
                "The new certificate of " + source.domain() + " in " + source.chain() + " is not used: " + cause
                        + ". The old one stays in use until it ends at " + current.notAfter() + "."));
    }

    /** A chain that peers cannot follow does not replace one that they can, as long as that counts. */
    private boolean isWorse(DomainCertificate found, Instant now) {
        return now.isBefore(current.notAfter())
                && !advice.isUnusableForMost(source, current, now)
                && advice.isUnusableForMost(source, found, now);
    }

    private String complaints(DomainCertificate found, Instant now) {
        return advice.on(source, found, now).stream()
                .map(CertificateProblem::text)
                .collect(Collectors.joining("; "));
    }

    /** What to warn of, at most once a day: it ends soon, or has ended. */
    Optional<String> reminder(Instant now) {
        if (reminded != null && now.isBefore(reminded.plus(REMIND_EVERY))) {
            return Optional.empty();
        }
        Optional<String> due = advice(now).stream()
                .filter(found -> found.kind() == CertificateProblem.Kind.EXPIRES_SOON)
                .map(CertificateProblem::text)
                .findFirst();
        reminded = due.isPresent() ? now : null;
        return due;
    }

    List<CertificateProblem> advice(Instant now) {
        return advice.on(source, current, now);
    }

    CertificateSource source() {
        return source;
    }

    DomainCertificate current() {
        return current;
    }

    Instant since() {
        return since;
    }

    String problem() {
        return problem;
    }
}
