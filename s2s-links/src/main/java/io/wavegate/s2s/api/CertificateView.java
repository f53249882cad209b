package io.wavegate.s2s.api;

import java.util.List;

/**
 * A certificate of ours as an operator sees it. Times are milliseconds since the epoch.
 *
 * @param domain whose it is
 * @param use {@code tls}, for streams and unless there is another for deltas as well, or {@code signing}, for deltas alone
 * @param subject the name of its holder
 * @param issuer who vouches for it
 * @param names what it proves
 * @param notBeforeMillis from when on it counts
 * @param notAfterMillis when it or an intermediate of its chain ends
 * @param sinceMillis since when it is in use
 * @param problem why what is in its files now is not in use; empty if it is
 * @param advice what peers may hold against it, each with the next step
 */
public record CertificateView(
        String domain,
        String use,
        String subject,
        String issuer,
        List<String> names,
        long notBeforeMillis,
        long notAfterMillis,
        long sinceMillis,
        String problem,
        List<String> advice) {
    public CertificateView {
        names = List.copyOf(names);
        advice = List.copyOf(advice);
    }

    /** How long it still counts; negative once it has ended. */
    public long remainingSeconds(long nowMillis) {
        return (notAfterMillis - nowMillis) / 1_000;
    }
}
