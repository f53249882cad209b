package io.wavegate.s2s.stream;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.ReceivingState.AwaitingHeader;
import io.wavegate.s2s.stream.ReceivingState.Negotiating;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.util.Optional;

/** SASL EXTERNAL on the receiving side (RFC 6120 section 6, XEP-0178). */
final class ReceivingSasl {
    private final ReceivingTerms terms;

    ReceivingSasl(ReceivingTerms terms) {
        this.terms = terms;
    }

    /** Whether to offer it: only where it would succeed. */
    boolean isOffered(Session session) {
        return session.phase() == Phase.SECURED
                && session.provesRemote()
                && session.remote()
                        .map(terms.policies()::policyFor)
                        .filter(p -> p.authentication() != StreamPolicy.Authentication.DIALBACK)
                        .isPresent();
    }

    Step<ReceivingState> on(Reaction<ReceivingState> reaction, Session session, XmlElement element) {
        String payload = element.text().strip();
        return switch (element.name().local()) {
            case "auth" -> auth(reaction, session, element, payload);
            case "response" ->
                session.sasl().challenged()
                        ? identity(reaction, session, payload)
                        : failure(reaction, session, "malformed-request", "a response to no challenge");
            case "abort" -> failure(reaction, session, "aborted", "aborted as asked");
            default -> failure(reaction, session, "malformed-request", "not an element of an initiator");
        };
    }

    private Step<ReceivingState> auth(
            Reaction<ReceivingState> reaction, Session session, XmlElement element, String payload) {
        if (!session.isSecured()) {
            return failure(reaction, session, "encryption-required", "start TLS first");
        } else if (element.attribute("mechanism").filter("EXTERNAL"::equals).isEmpty()) {
            return failure(reaction, session, "invalid-mechanism", "EXTERNAL is all there is");
        } else if (!isOffered(session)) {
            return failure(reaction, session, "not-authorized", whyNot(session));
        } else if (payload.isEmpty()) {
            return reaction.write(Nonzas.empty(Xmlns.SASL, "challenge"))
                    .to(new Negotiating(
                            session.withSasl(new Session.Sasl(session.sasl().failures(), true))));
        }
        return identity(reaction, session, payload);
    }

    private Step<ReceivingState> identity(Reaction<ReceivingState> reaction, Session session, String payload) {
        Optional<String> authzid = Authzid.decode(payload);
        if (authzid.isEmpty()) {
            return failure(reaction, session, "incorrect-encoding", "not base64");
        }
        String remote = session.remote().orElseThrow();
        boolean itself = authzid.get().isEmpty()
                || authzid.flatMap(Domain::parse)
                        .filter(d -> d.value().equals(remote))
                        .isPresent();
        if (!itself) {
            return failure(reaction, session, "invalid-authzid", "not the domain of the stream's from");
        } else if (!isOffered(session)) {
            return failure(reaction, session, "not-authorized", whyNot(session));
        }
        Session authenticated = session.withPair(new DomainPair(session.local(), remote));
        return reaction.write(Nonzas.empty(Xmlns.SASL, "success"))
                .effect(new StreamEffect.Restart(terms.limits().elementBytesAfter()))
                .to(new AwaitingHeader(Phase.AUTHENTICATED, session.certificate(), Optional.of(authenticated)));
    }

    private static String whyNot(Session session) {
        if (session.remote().isEmpty()) {
            return "the stream has no from";
        }
        PeerCertificate certificate =
                session.certificate().forDomain(session.remote().get());
        return certificate.isTrusted() ? "EXTERNAL is not offered to this domain" : certificate.weakness();
    }

    /** The stream stays open for dialback, but not for guessing. */
    private Step<ReceivingState> failure(
            Reaction<ReceivingState> reaction, Session session, String condition, String text) {
        reaction.write(Nonzas.saslFailure(condition, text));
        int failures = session.sasl().failures() + 1;
        if (failures < terms.limits().saslAttempts()) {
            return reaction.to(new Negotiating(session.withSasl(new Session.Sasl(failures, false))));
        }
        StreamEnd end = new StreamEnd(
                StreamEnd.Reason.AUTHENTICATION_FAILED,
                session.remote().orElse("a peer without from") + " failed EXTERNAL " + failures + " times, last: "
                        + condition + ", " + text);
        return reaction.error(StreamErrorCondition.POLICY_VIOLATION, "too many failed attempts")
                .end(ReceivingState.Ended::new, end);
    }
}
