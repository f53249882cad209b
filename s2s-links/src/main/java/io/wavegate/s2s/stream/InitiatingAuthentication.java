package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.StreamEnd.Reason.AUTHENTICATION_FAILED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CERTIFICATE_REFUSED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CLOSED_BY_US;

import io.wavegate.s2s.stream.InitiatingState.AwaitingDialback;
import io.wavegate.s2s.stream.InitiatingState.AwaitingSasl;
import io.wavegate.s2s.stream.InitiatingState.AwaitingVerification;
import io.wavegate.s2s.stream.InitiatingState.Closing;
import io.wavegate.s2s.stream.InitiatingState.Progress;
import io.wavegate.s2s.stream.InitiatingState.Ready;
import io.wavegate.s2s.stream.InitiatingState.Receiver;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;
import java.util.Set;

/**
 * How a stream that we open is authenticated, or asks its one question. In the order of XEP-0170: stanzas in both
 * directions are asked for first, then we prove ourselves, then acknowledgements are asked for.
 */
final class InitiatingAuthentication {
    private final DomainPair pair;
    private final StreamPurpose purpose;
    private final InitiatingTerms terms;
    private final StanzaTraffic traffic;

    InitiatingAuthentication(DomainPair pair, StreamPurpose purpose, InitiatingTerms terms, StanzaTraffic traffic) {
        this.pair = pair;
        this.purpose = purpose;
        this.terms = terms;
        this.traffic = traffic;
    }

    Step<InitiatingState> begin(Reaction<InitiatingState> reaction, Progress progress, Receiver receiver) {
        if (purpose instanceof StreamPurpose.Verification verification) {
            return reaction.write(Nonzas.dialbackVerify(verification.question()))
                    .to(new AwaitingVerification(verification.question()));
        } else if (progress.phase() == Phase.PLAIN
                && terms.policy().authentication() == StreamPolicy.Authentication.CERTIFICATE) {
            String text =
                    pair.remote() + " has no TLS and so no certificate, which the policy for it demands; its operator"
                            + " has to switch TLS on";
            return InitiatingStream.end(reaction.endOfStream(), CERTIFICATE_REFUSED, text);
        }
        Progress asked = progress;
        if (mayBeBidirectional(progress)) {
            reaction.write(Nonzas.bidi(PeerLimits.element(
                    terms.limits().elementBytesAfter(), terms.timeouts().idle())));
            asked = progress.withBidi();
        }
        boolean external =
                progress.offers().external() && terms.policy().authentication() != StreamPolicy.Authentication.DIALBACK;
        if (external) {
            return reaction.write(Nonzas.authExternal(pair.local())).to(new AwaitingSasl(asked, receiver));
        }
        return dialback(reaction, asked, receiver, "it does not offer EXTERNAL, so it has no use for our certificate");
    }

    /**
     * What comes back is believed on the strength of the certificate; or, where the policy is content with dialback, of DNS,
     * which led us here as it would lead us to the authoritative server.
     */
    private boolean mayBeBidirectional(Progress progress) {
        boolean believed = terms.policy().authentication() != StreamPolicy.Authentication.CERTIFICATE
                || progress.certificate().forDomain(pair.remote()).isTrusted();
        return terms.extensions().bidi() && progress.offers().bidi() && progress.phase() == Phase.SECURED && believed;
    }

    private Step<InitiatingState> dialback(
            Reaction<InitiatingState> reaction, Progress progress, Receiver receiver, String whyNotSasl) {
        if (!receiver.dialback() || receiver.streamId().isEmpty()) {
            String text = pair.remote() + " offers no way to authenticate " + pair.local() + ": " + whyNotSasl
                    + ", and it does not offer dialback; check that our certificate names " + pair.local();
            return InitiatingStream.end(reaction.endOfStream(), AUTHENTICATION_FAILED, text);
        }
        String made = terms.key().make(pair.remote(), pair.local(), receiver.streamId());
        DialbackQuestion question = new DialbackQuestion(pair.local(), pair.remote(), receiver.streamId(), made);
        return reaction.write(Nonzas.dialbackRequest(question)).to(new AwaitingDialback(progress));
    }

    /** Empty after success: the stream starts anew. */
    Optional<Step<InitiatingState>> saslOutcome(
            Reaction<InitiatingState> reaction, AwaitingSasl awaiting, XmlElement element) {
        return switch (element.name().local()) {
            case "success" -> Optional.empty();
            case "failure" ->
                Optional.of(dialback(
                        reaction,
                        awaiting.progress(),
                        awaiting.receiver(),
                        "it refused EXTERNAL with " + Incoming.saslFailureText(element)));
            default ->
                Optional.of(InitiatingStream.violation(
                        reaction, pair, StreamErrorCondition.BAD_FORMAT, "a challenge after an initial response"));
        };
    }

    Step<InitiatingState> dialbackOutcome(
            Reaction<InitiatingState> reaction, AwaitingDialback awaiting, XmlElement element) {
        boolean ours = Incoming.domain(element, "from")
                        .filter(pair.remote()::equals)
                        .isPresent()
                && Incoming.domain(element, "to").filter(pair.local()::equals).isPresent()
                && element.attribute("type").isPresent();
        if (!ours) {
            return reaction.ignored("a db:result that answers nothing").stay();
        }
        DialbackAnswer answer = Incoming.dialbackAnswer(element);
        if (answer == DialbackAnswer.VALID) {
            reaction.effect(new StreamEffect.LimitElements(terms.limits().elementBytesAfter()));
            return ready(reaction, awaiting.progress(), AuthenticatedBy.DIALBACK);
        }
        String text = pair.remote() + " did not accept " + pair.local() + " by dialback: " + answer.condition()
                + "; check that it can resolve and reach " + pair.local();
        return InitiatingStream.end(reaction.endOfStream(), AUTHENTICATION_FAILED, text);
    }

    Step<InitiatingState> verified(Reaction<InitiatingState> reaction, DialbackQuestion question, XmlElement element) {
        boolean answers = Incoming.domain(element, "from")
                        .filter(question.sender()::equals)
                        .isPresent()
                && Incoming.domain(element, "to")
                        .filter(question.target()::equals)
                        .isPresent()
                && element.attribute("id").filter(question.streamId()::equals).isPresent()
                && element.attribute("type").isPresent();
        if (!answers) {
            return reaction.ignored("a db:verify that answers nothing").stay();
        }
        StreamEnd done = new StreamEnd(CLOSED_BY_US, "the verification is done");
        return reaction.effect(new StreamEffect.Verified(Incoming.dialbackAnswer(element)))
                .endOfStream()
                .to(new Closing(done));
    }

    Step<InitiatingState> ready(Reaction<InitiatingState> reaction, Progress progress, AuthenticatedBy method) {
        Traffic passing = Traffic.NONE.with(progress.offers().limits());
        if (progress.offers().acks() && terms.extensions().acknowledgements()) {
            passing = traffic.enable(reaction, passing);
        }
        if (terms.timeouts().idle().toMillis() > 0) {
            reaction.effect(
                    new StreamEffect.Schedule(StreamTimer.IDLE, terms.timeouts().idle()));
        }
        traffic.sayPeerIdle(reaction, passing);
        Set<DomainPair> reverse = progress.bidi() ? Set.of(pair) : Set.of();
        if (terms.policy().authentication() != StreamPolicy.Authentication.DIALBACK) {
            CertificateLife.watchTheirs(reaction, progress.certificate(), pair.remote());
        }
        return reaction.effect(new StreamEffect.Ready(pair, method))
                .to(new Ready(method, progress.certificate(), reverse, passing));
    }
}
