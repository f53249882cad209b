package io.wavegate.s2s.stream;

import io.wavegate.s2s.stream.PeerCertificate.Trusted;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Streams live for weeks and certificates end meanwhile: what was authenticated by one is ended by {@code reset} when that
 * ends, for a new stream to be authenticated by the new one (RFC 6120 section 13.7.2.3).
 */
final class CertificateLife {
    /** The last second of a certificate is a valid one. */
    private static final Duration LAST_SECOND = Duration.ofSeconds(1);

    private CertificateLife() {}

    /** The certificate that we showed is watched from the handshake on. */
    static void watchOurs(Reaction<?> reaction, Optional<Instant> ends) {
        ends.ifPresent(moment -> reaction.effect(new StreamEffect.ScheduleAt(StreamTimer.OWN_CERTIFICATE, moment)));
    }

    /** The peer is believed for this domain, for its certificate if that proves the domain: then that is watched. */
    static void watchTheirs(Reaction<?> reaction, PresentedCertificate certificate, String domain) {
        if (certificate.forDomain(domain) instanceof Trusted trusted) {
            watch(reaction, trusted.notAfter());
        }
    }

    private static void watch(Reaction<?> reaction, Instant notAfter) {
        Instant moment = notAfter.isAfter(Instant.MAX.minus(LAST_SECOND)) ? notAfter : notAfter.plus(LAST_SECOND);
        reaction.effect(new StreamEffect.ScheduleAt(StreamTimer.PEER_CERTIFICATE, moment));
    }

    /**
     * The moment has come; the certificate may yet count for longer, by another path than at first.
     *
     * @param domains those that the peer is believed for
     * @return whether it proves none of them any more; else it is watched on
     */
    static boolean isOver(Reaction<?> reaction, PresentedCertificate certificate, Collection<String> domains) {
        for (String domain : domains) {
            if (certificate.forDomain(domain) instanceof Trusted trusted) {
                watch(reaction, trusted.notAfter());
                return false;
            }
        }
        return true;
    }

    static StreamEnd theirs(String remote) {
        return end("the certificate of " + remote + " that this stream was authenticated with has ended");
    }

    static StreamEnd ours(String remote) {
        return end("our certificate that this stream with " + remote + " was authenticated with has ended");
    }

    private static StreamEnd end(String what) {
        return new StreamEnd(
                StreamEnd.Reason.CERTIFICATE_EXPIRED,
                StreamErrorCondition.RESET,
                what + "; a new stream is opened when there is something to send");
    }
}
