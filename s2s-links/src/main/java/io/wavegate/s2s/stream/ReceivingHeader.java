package io.wavegate.s2s.stream;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.ReceivingState.AwaitingHeader;
import io.wavegate.s2s.stream.ReceivingState.Ended;
import io.wavegate.s2s.stream.ReceivingState.Established;
import io.wavegate.s2s.stream.ReceivingState.Negotiating;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.StreamHeader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The exchange of headers, and the features that follow ours in the same write (RFC 6120 sections 4.2 to 4.7). */
final class ReceivingHeader {
    private final ReceivingTerms terms;
    private final ReceivingSasl sasl;
    private final StanzaTraffic traffic;

    ReceivingHeader(ReceivingTerms terms, ReceivingSasl sasl, StanzaTraffic traffic) {
        this.terms = terms;
        this.traffic = traffic;
        this.sasl = sasl;
    }

    Step<ReceivingState> on(Reaction<ReceivingState> reaction, AwaitingHeader awaiting, StreamHeader header) {
        Optional<String> to = header.to().flatMap(Domain::parse).map(Domain::value);
        Optional<String> from = header.from().flatMap(Domain::parse).map(Domain::value);
        String streamId = terms.streamIds().get();
        reaction.header(attributes(header, to.filter(terms::serves).orElse(terms.mainDomain()), streamId));
        Optional<Fault> fault = fault(awaiting, header, from, to);
        if (fault.isPresent()) {
            StreamEnd end = new StreamEnd(
                    StreamEnd.Reason.PROTOCOL_ERROR,
                    from.orElse("a peer without from") + ": " + fault.get().text());
            return reaction.error(fault.get().condition(), fault.get().text()).end(Ended::new, end);
        }
        Session session = Session.opened(awaiting.phase(), streamId, to.orElseThrow(), from, awaiting.certificate());
        if (awaiting.phase() == Phase.AUTHENTICATED) {
            return established(reaction, awaiting, session);
        }
        if (Incoming.hasFeatures(header)) {
            reaction.write(Nonzas.features(features(session)));
        }
        return reaction.to(new Negotiating(session));
    }

    /** Our own header where an error has to follow and none is out yet (RFC 6120 section 4.9.1.2). */
    void answerIfMissing(Reaction<ReceivingState> reaction, ReceivingState state) {
        if (state instanceof AwaitingHeader) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("from", terms.mainDomain());
            attributes.put("id", terms.streamIds().get());
            attributes.put("version", "1.0");
            attributes.put("xml:lang", "en");
            reaction.header(attributes);
        }
    }

    private Step<ReceivingState> established(
            Reaction<ReceivingState> reaction, AwaitingHeader awaiting, Session fresh) {
        DomainPair pair = awaiting.before().orElseThrow().pairs().iterator().next();
        Session session = Session.opened(
                        fresh.phase(), fresh.streamId(), fresh.local(), Optional.of(pair.remote()), fresh.certificate())
                .withPair(pair);
        Session asked = awaiting.before().get();
        if (asked.bidi()) {
            session = session.withBidi(asked.traffic().limits());
        }
        reaction.write(Nonzas.features(features(session)));
        if (terms.timeouts().idle().toMillis() > 0) {
            reaction.effect(
                    new StreamEffect.Schedule(StreamTimer.IDLE, terms.timeouts().idle()));
        }
        CertificateLife.watchTheirs(reaction, session.certificate(), pair.remote());
        reaction.effect(new StreamEffect.Ready(pair, AuthenticatedBy.SASL_EXTERNAL));
        traffic.openWayBack(reaction, session, pair);
        return reaction.to(new Established(session));
    }

    private Map<String, String> attributes(StreamHeader header, String local, String streamId) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("from", local);
        header.from().ifPresent(from -> attributes.put("to", from));
        attributes.put("id", streamId);
        if (Incoming.hasFeatures(header)) {
            attributes.put("version", "1.0");
        }
        attributes.put("xml:lang", "en");
        return attributes;
    }

    private List<XmlElement> features(Session session) {
        List<XmlElement> features = new ArrayList<>();
        if (!session.isSecured()) {
            boolean required = session.remote()
                    .filter(remote -> terms.policies().policyFor(remote).tls() != StreamPolicy.Tls.REQUIRED)
                    .isEmpty();
            features.add(Nonzas.startTls(required));
            if (required) {
                return features;
            }
        }
        if (sasl.isOffered(session)) {
            features.add(Nonzas.external());
        }
        if (mayBeBidirectional(session)) {
            features.add(Nonzas.bidiOffer());
        }
        features.add(Nonzas.dialbackWithErrors());
        if (terms.extensions().acknowledgements() && session.isSecured()) {
            features.add(Nonzas.empty(Xmlns.ACKS, "sm"));
        }
        // Also before authentication those that hold after it: after dialback there are no further features.
        features.add(PeerLimits.element(
                terms.limits().elementBytesAfter(), terms.timeouts().idle()));
        return features;
    }

    /** Before authentication, over TLS: what goes back is as private as what comes (XEP-0288 section 2.1). */
    boolean mayBeBidirectional(Session session) {
        return terms.extensions().bidi()
                && session.phase() == Phase.SECURED
                && session.pairs().isEmpty();
    }

    private record Fault(StreamErrorCondition condition, String text) {}

    private Optional<Fault> fault(
            AwaitingHeader awaiting, StreamHeader header, Optional<String> from, Optional<String> to) {
        Optional<StreamErrorCondition> namespaces = Incoming.namespaceFault(header);
        if (namespaces.isPresent()) {
            return fault(namespaces.get(), "not a header of s2s");
        } else if (to.isEmpty()) {
            return fault(StreamErrorCondition.IMPROPER_ADDRESSING, "the header needs a domain in to");
        } else if (!terms.serves(to.get())) {
            return fault(StreamErrorCondition.HOST_UNKNOWN, "the domain is not served here");
        } else if (header.from().isPresent() && from.isEmpty()) {
            return fault(StreamErrorCondition.IMPROPER_ADDRESSING, "the header's from is no domain");
        } else if (from.filter(terms::serves).isPresent()) {
            return fault(StreamErrorCondition.INVALID_FROM, "the header's from is one of our own domains");
        }
        return awaiting.before().flatMap(before -> change(before, from, to.get()));
    }

    private static Optional<Fault> change(Session before, Optional<String> from, String to) {
        if (!before.local().equals(to)) {
            return fault(StreamErrorCondition.NOT_AUTHORIZED, "to changed with the restart");
        }
        boolean changed = from.isPresent()
                && before.remote().filter(r -> !r.equals(from.get())).isPresent();
        return changed ? fault(StreamErrorCondition.INVALID_FROM, "from changed with the restart") : Optional.empty();
    }

    private static Optional<Fault> fault(StreamErrorCondition condition, String text) {
        return Optional.of(new Fault(condition, text));
    }
}
