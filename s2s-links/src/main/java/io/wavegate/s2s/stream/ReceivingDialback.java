package io.wavegate.s2s.stream;

import io.wavegate.s2s.stream.ReceivingState.Established;
import io.wavegate.s2s.stream.ReceivingState.Negotiating;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;

/** Dialback on streams that peers open: as the receiving server and as the authoritative one (XEP-0220). */
final class ReceivingDialback {
    private final ReceivingTerms terms;
    private final StanzaTraffic traffic;

    ReceivingDialback(ReceivingTerms terms, StanzaTraffic traffic) {
        this.terms = terms;
        this.traffic = traffic;
    }

    /** Takes a {@code db:} element; the state is one that has had a header. */
    Step<ReceivingState> on(Reaction<ReceivingState> reaction, Session session, XmlElement element) {
        String name = element.name().local();
        if (element.attribute("type").isPresent()) {
            // We ask nothing on a stream that a peer opened, so nothing here is an answer (CVE-2012-3525).
            return reaction.ignored("an unsolicited db:" + Incoming.brief(name)).stay();
        }
        Optional<String> from = Incoming.domain(element, "from");
        Optional<String> to = Incoming.domain(element, "to");
        if (from.isEmpty() || to.isEmpty()) {
            StreamEnd end = new StreamEnd(
                    StreamEnd.Reason.PROTOCOL_ERROR, "a db:" + Incoming.brief(name) + " without two domains");
            return reaction.error(StreamErrorCondition.IMPROPER_ADDRESSING, "from and to have to be domains")
                    .end(ReceivingState.Ended::new, end);
        }
        return switch (name) {
            case "verify" -> verify(reaction, element);
            case "result" -> result(reaction, session, element, new DomainPair(to.get(), from.get()));
            default -> reaction.ignored("an unknown dialback element").stay();
        };
    }

    /**
     * Authoritative: answered on any stream in any state, or two servers that dial each other back would wait for each
     * other (XEP-0220 section 2.2.2, spec 9.7).
     */
    private Step<ReceivingState> verify(Reaction<ReceivingState> reaction, XmlElement element) {
        return reaction.write(DialbackAuthority.answer(element, terms.domains(), terms.key()))
                .stay();
    }

    private Step<ReceivingState> result(
            Reaction<ReceivingState> reaction, Session session, XmlElement request, DomainPair pair) {
        Optional<DialbackAnswer> refusal = refusal(session, pair);
        if (refusal.isPresent()) {
            return refuse(reaction, request, refusal.get(), refusal.get().text())
                    .stay();
        } else if (session.pairs().contains(pair) || isProvenByCertificate(session, pair.remote())) {
            return valid(reaction, session, request, pair);
        } else if (session.isAsked(pair)) {
            return reaction.ignored("a second db:result for a pair that is being verified")
                    .stay();
        } else if (authentication(pair) == StreamPolicy.Authentication.CERTIFICATE) {
            String why = "dialback is not enough here; "
                    + session.certificate().forDomain(pair.remote()).weakness();
            return refuse(reaction, request, DialbackAnswer.NOT_AUTHORIZED, Optional.of(why))
                    .stay();
        }
        DialbackQuestion question = new DialbackQuestion(
                pair.remote(), pair.local(), session.streamId(), request.text().strip());
        return reaction.effect(new StreamEffect.AskDialback(question))
                .to(sameKind(session, session.withQuestion(question, request)));
    }

    /** The peer gets the reason, and so does our operator, as what the stream ends by later does not say it. */
    private static Reaction<ReceivingState> refuse(
            Reaction<ReceivingState> reaction, XmlElement request, DialbackAnswer answer, Optional<String> why) {
        String text = "dialback of " + Incoming.brief(request.attribute("from").orElse("")) + " to "
                + Incoming.brief(request.attribute("to").orElse("")) + ": " + answer.condition()
                + why.map(words -> ", " + words).orElse("");
        return reaction.write(Nonzas.dialbackAnswer(request, answer, why)).effect(new StreamEffect.Refused(text));
    }

    private Optional<DialbackAnswer> refusal(Session session, DomainPair pair) {
        if (!terms.serves(pair.local())) {
            return Optional.of(DialbackAnswer.ITEM_NOT_FOUND);
        } else if (terms.serves(pair.remote())) {
            return Optional.of(DialbackAnswer.NOT_ACCEPTABLE);
        } else if (!session.isSecured()
                && terms.policies().policyFor(pair.remote()).tls() == StreamPolicy.Tls.REQUIRED) {
            return Optional.of(DialbackAnswer.POLICY_VIOLATION);
        }
        boolean known = session.pairs().contains(pair) || session.isAsked(pair);
        boolean full = session.pairs().size() + session.asked().size()
                >= terms.limits().pairs();
        return full && !known ? Optional.of(DialbackAnswer.RESOURCE_CONSTRAINT) : Optional.empty();
    }

    /** Dialback without dialling back (XEP-0344): the full check of the certificate for this very domain, now. */
    private boolean isProvenByCertificate(Session session, String remote) {
        return session.isSecured()
                && terms.policies().policyFor(remote).authentication() != StreamPolicy.Authentication.DIALBACK
                && session.certificate().forDomain(remote).isTrusted();
    }

    private StreamPolicy.Authentication authentication(DomainPair pair) {
        return terms.policies().policyFor(pair.remote()).authentication();
    }

    /** The authoritative server has answered, or could not be asked. */
    Step<ReceivingState> answered(
            Reaction<ReceivingState> reaction, Session session, StreamInput.DialbackAnswered answered) {
        DialbackQuestion question = answered.question();
        XmlElement request = session.asked().get(question);
        if (request == null) {
            return reaction.ignored("an answer to a dialback question that this stream did not ask")
                    .stay();
        }
        Session rest = session.withoutQuestion(question);
        DomainPair pair = new DomainPair(question.target(), question.sender());
        if (answered.answer() == DialbackAnswer.VALID) {
            return valid(reaction, rest, request, pair);
        } else if (answered.answer() == DialbackAnswer.INVALID) {
            return invalid(reaction, rest, request, pair);
        }
        DialbackAnswer answer = inStepFour(answered.answer());
        return refuse(reaction, request, answer, answer.text()).to(sameKind(session, rest));
    }

    /**
     * What the authoritative server said of itself is said of it: {@code item-not-found} of ours would mean that we do not
     * serve the target (XEP-0220 section 2.4.2).
     */
    private static DialbackAnswer inStepFour(DialbackAnswer inStepThree) {
        return switch (inStepThree) {
            case REMOTE_CONNECTION_FAILED, REMOTE_SERVER_TIMEOUT, RESOURCE_CONSTRAINT -> inStepThree;
            default -> DialbackAnswer.REMOTE_SERVER_NOT_FOUND;
        };
    }

    private Step<ReceivingState> valid(
            Reaction<ReceivingState> reaction, Session session, XmlElement request, DomainPair pair) {
        reaction.write(Nonzas.dialbackAnswer(request, DialbackAnswer.VALID));
        if (session.pairs().contains(pair)) {
            return reaction.stay();
        }
        boolean first = session.pairs().isEmpty();
        if (first) {
            reaction.effect(new StreamEffect.LimitElements(terms.limits().elementBytesAfter()));
            if (terms.timeouts().idle().toMillis() > 0) {
                reaction.effect(new StreamEffect.Schedule(
                        StreamTimer.IDLE, terms.timeouts().idle()));
            }
        }
        if (isProvenByCertificate(session, pair.remote())) {
            CertificateLife.watchTheirs(reaction, session.certificate(), pair.remote());
        }
        reaction.effect(new StreamEffect.Ready(pair, AuthenticatedBy.DIALBACK));
        traffic.openWayBack(reaction, session, pair);
        return reaction.to(new Established(session.withPair(pair)));
    }

    /** Fatal, unless the stream carries other pairs that were proved (XEP-0220 section 2.4). */
    private Step<ReceivingState> invalid(
            Reaction<ReceivingState> reaction, Session session, XmlElement request, DomainPair pair) {
        if (!session.pairs().isEmpty()) {
            return reaction.write(Nonzas.dialbackAnswer(request, DialbackAnswer.FORBIDDEN))
                    .to(new Established(session));
        }
        StreamEnd end = new StreamEnd(
                StreamEnd.Reason.AUTHENTICATION_FAILED,
                "the authoritative server of " + pair.remote() + " does not know the key: somebody claims to be it, or"
                        + " its servers do not share one dialback secret");
        return reaction.write(Nonzas.dialbackAnswer(request, DialbackAnswer.INVALID))
                .endOfStream()
                .end(ReceivingState.Ended::new, end);
    }

    private static ReceivingState sameKind(Session before, Session after) {
        return before.pairs().isEmpty() ? new Negotiating(after) : new Established(after);
    }
}
