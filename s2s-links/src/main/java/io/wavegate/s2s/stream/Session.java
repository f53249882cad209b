package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the receiving side knows of a stream since its last header.
 *
 * @param phase how far the layers below are
 * @param streamId the id that we gave it
 * @param local the domain in the peer's {@code to}, one of ours
 * @param remote the domain in the peer's {@code from}; without it the stream can do dialback only
 * @param certificate the peer's
 * @param pairs the authenticated ones
 * @param asked dialback requests whose answer is out
 * @param sasl where SASL stands
 * @param bidi whether stanzas may go back to the peer on this stream (XEP-0288)
 * @param traffic what passed
 */
public record Session(
        Phase phase,
        String streamId,
        String local,
        Optional<String> remote,
        PresentedCertificate certificate,
        Set<DomainPair> pairs,
        Map<DialbackQuestion, XmlElement> asked,
        Sasl sasl,
        boolean bidi,
        Traffic traffic) {
    /**
     * The state of SASL.
     *
     * @param failures attempts that failed
     * @param challenged whether our empty challenge is out
     */
    public record Sasl(int failures, boolean challenged) {}

    public Session {
        pairs = Set.copyOf(pairs);
        asked = Map.copyOf(asked);
    }

    static Session opened(
            Phase phase, String streamId, String local, Optional<String> remote, PresentedCertificate certificate) {
        return new Session(
                phase,
                streamId,
                local,
                remote,
                certificate,
                Set.of(),
                Map.of(),
                new Sasl(0, false),
                false,
                Traffic.NONE);
    }

    boolean isSecured() {
        return phase != Phase.PLAIN;
    }

    /** Whether the certificate proves, now, the domain that the header named. */
    boolean provesRemote() {
        return isSecured()
                && remote.map(certificate::forDomain)
                        .filter(PeerCertificate::isTrusted)
                        .isPresent();
    }

    boolean isAsked(DomainPair pair) {
        return asked.keySet().stream()
                .anyMatch(q -> q.sender().equals(pair.remote()) && q.target().equals(pair.local()));
    }

    Session withPair(DomainPair pair) {
        Set<DomainPair> more = new HashSet<>(pairs);
        more.add(pair);
        return new Session(phase, streamId, local, remote, certificate, more, asked, sasl, bidi, traffic);
    }

    Session withQuestion(DialbackQuestion question, XmlElement request) {
        Map<DialbackQuestion, XmlElement> more = new HashMap<>(asked);
        more.put(question, request);
        return new Session(phase, streamId, local, remote, certificate, pairs, more, sasl, bidi, traffic);
    }

    Session withoutQuestion(DialbackQuestion question) {
        Map<DialbackQuestion, XmlElement> fewer = new HashMap<>(asked);
        fewer.remove(question);
        return new Session(phase, streamId, local, remote, certificate, pairs, fewer, sasl, bidi, traffic);
    }

    Session withSasl(Sasl changed) {
        return new Session(phase, streamId, local, remote, certificate, pairs, asked, changed, bidi, traffic);
    }

    /** Stanzas may go back, no larger than the peer takes. */
    Session withBidi(PeerLimits limits) {
        return new Session(phase, streamId, local, remote, certificate, pairs, asked, sasl, true, traffic.with(limits));
    }

    Session with(Traffic changed) {
        return new Session(phase, streamId, local, remote, certificate, pairs, asked, sasl, bidi, changed);
    }
}
