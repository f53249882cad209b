package io.wavegate.s2s.netty;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLSession;

/** When a connection is to rely on our certificate no more. */
final class OwnCertificateEnd {
    /** All streams of a domain share a certificate; their ends are spread over this time, not to come back at one instant. */
    private static final Duration SPREAD = Duration.ofMinutes(10);

    private OwnCertificateEnd() {}

    /** A moment shortly before its end; empty if none was shown, or one that had ended already and so convinced nobody. */
    static Optional<Instant> of(SSLSession session, InstantSource clock) {
        Certificate[] shown = session.getLocalCertificates();
        if (shown == null) {
            return Optional.empty();
        }
        Instant end = Instant.MAX;
        for (Certificate certificate : shown) {
            if (certificate instanceof X509Certificate x509) {
                Instant notAfter = x509.getNotAfter().toInstant();
                end = notAfter.isBefore(end) ? notAfter : end;
            }
        }
        Instant now = clock.instant();
        return end.isAfter(now) ? Optional.of(spread(now, end)) : Optional.empty();
    }

    private static Instant spread(Instant now, Instant end) {
        Duration tenth = Duration.between(now, end).dividedBy(10);
        Duration most = tenth.compareTo(SPREAD) < 0 ? tenth : SPREAD;
        return end.minusMillis(ThreadLocalRandom.current().nextLong(most.toMillis() + 1));
    }
}
