package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.StreamEnd.Reason.AUTHENTICATION_FAILED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CERTIFICATE_REFUSED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CLOSED_BY_REMOTE;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CLOSED_BY_US;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CONNECTION_LOST;
import static io.wavegate.s2s.stream.StreamEnd.Reason.IDLE;
import static io.wavegate.s2s.stream.StreamEnd.Reason.NEGOTIATION_TIMEOUT;
import static io.wavegate.s2s.stream.StreamEnd.Reason.POLICY_REFUSED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.REMOTE_STREAM_ERROR;
import static io.wavegate.s2s.stream.StreamEnd.Reason.TLS_FAILED;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.InitiatingState.AwaitingDialback;
import io.wavegate.s2s.stream.InitiatingState.AwaitingFeatures;
import io.wavegate.s2s.stream.InitiatingState.AwaitingHeader;
import io.wavegate.s2s.stream.InitiatingState.AwaitingProceed;
import io.wavegate.s2s.stream.InitiatingState.AwaitingSasl;
import io.wavegate.s2s.stream.InitiatingState.AwaitingVerification;
import io.wavegate.s2s.stream.InitiatingState.Closing;
import io.wavegate.s2s.stream.InitiatingState.Connecting;
import io.wavegate.s2s.stream.InitiatingState.Ended;
import io.wavegate.s2s.stream.InitiatingState.Ready;
import io.wavegate.s2s.stream.InitiatingState.Receiver;
import io.wavegate.s2s.stream.InitiatingState.SecuringTls;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.StreamHeader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.Xmlns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The initiating side (RFC 6120, XEP-0178, XEP-0220):
 *
 * <pre>
 * Connecting → header ⇄ features → starttls ⇄ proceed → TLS → header ⇄ features
 *     → auth ⇄ success → header ⇄ features → Ready          SASL EXTERNAL, where offered
 *     → db:result ⇄ valid → Ready                           else, or after a failure, dialback
 *     → db:verify ⇄ answer → Closing                        a stream for one verification
 * </pre>
 *
 * <p>Pure: what it needs comes with the input, what it wants is among the effects. One instance serves one stream.
 */
public final class InitiatingStream {
    private final DomainPair pair;
    private final StreamPurpose purpose;
    private final StreamPolicy policy;
    private final StreamTimeouts timeouts;
    private final StreamLimits limits;
    private final DialbackKey key;

    /** A stream for the pair, under the policy for its remote domain. */
    public InitiatingStream(
            DomainPair pair,
            StreamPurpose purpose,
            StreamPolicy policy,
            StreamTimeouts timeouts,
            StreamLimits limits,
            DialbackKey key) {
        this.pair = pair;
        this.purpose = purpose;
        this.policy = policy;
        this.timeouts = timeouts;
        this.limits = limits;
        this.key = key;
    }

    /** The first state. */
    public InitiatingState initial() {
        return new Connecting();
    }

    /** Takes an input. */
    public Step<InitiatingState> on(InitiatingState state, StreamInput input) {
        Reaction<InitiatingState> reaction = new Reaction<>(state, timeouts);
        if (state instanceof Ended) {
            return reaction.stay();
        } else if (input instanceof StreamInput.Connected connected) {
            return connected.directTls() ? startTls(reaction) : openStream(reaction, Phase.PLAIN);
        } else if (input instanceof StreamInput.Received received) {
            return received(reaction, state, received.event());
        } else if (input instanceof StreamInput.Secured secured) {
            return secured(reaction, secured.certificate().forDomain(pair.remote()));
        } else if (input instanceof StreamInput.Send send) {
            return send(reaction, state, send);
        } else if (input instanceof StreamInput.TimedOut timedOut) {
            return timedOut(reaction, state, timedOut.timer());
        } else if (input instanceof StreamInput.Close close) {
            return close(reaction, state, close.end());
        } else if (input instanceof StreamInput.TlsFailed failed) {
            return end(reaction, TLS_FAILED, "TLS with " + pair.remote() + ": " + failed.text());
        } else if (input instanceof StreamInput.Disconnected gone) {
            return disconnected(reaction, state, gone.text());
        }
        return reaction.stay();
    }

    private Step<InitiatingState> received(Reaction<InitiatingState> reaction, InitiatingState state, XmlEvent event) {
        if (event instanceof XmlEvent.FirstLevel first) {
            return Incoming.isStreamError(first.element())
                    ? remoteError(reaction, first.element())
                    : element(reaction, state, first.element());
        } else if (event instanceof XmlEvent.StreamOpened opened) {
            return header(reaction, state, opened.header());
        } else if (event instanceof XmlEvent.Violation violation) {
            return violation(reaction, violation.condition(), violation.text());
        }
        return closedByRemote(reaction, state);
    }

    private Step<InitiatingState> element(
            Reaction<InitiatingState> reaction, InitiatingState state, XmlElement element) {
        if (state instanceof Ready || state instanceof Closing) {
            return whenReady(reaction, element);
        } else if (state instanceof AwaitingFeatures awaiting && element.is(Xmlns.STREAM, "features")) {
            return features(reaction, awaiting, element);
        } else if (state instanceof AwaitingProceed
                && element.name().namespace().equals(Xmlns.TLS)) {
            return proceed(reaction, element);
        } else if (state instanceof AwaitingSasl awaiting
                && element.name().namespace().equals(Xmlns.SASL)) {
            return saslOutcome(reaction, awaiting, element);
        } else if (state instanceof AwaitingDialback && element.is(Xmlns.DIALBACK, "result")) {
            return dialbackOutcome(reaction, element);
        } else if (state instanceof AwaitingVerification awaiting && element.is(Xmlns.DIALBACK, "verify")) {
            return verified(reaction, awaiting.question(), element);
        }
        // An answer to nothing we asked on this stream counts for nothing (CVE-2012-3525).
        return reaction.ignored("unexpected " + element.name().local() + " while " + state.label())
                .stay();
    }

    private Step<InitiatingState> openStream(Reaction<InitiatingState> reaction, Phase phase) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("from", pair.local());
        attributes.put("to", pair.remote());
        attributes.put("version", "1.0");
        attributes.put("xml:lang", "en");
        int bytes = phase == Phase.AUTHENTICATED ? limits.elementBytesAfter() : limits.elementBytesBefore();
        return reaction.effect(new StreamEffect.Restart(bytes))
                .header(attributes)
                .to(new AwaitingHeader(phase));
    }

    private Step<InitiatingState> header(
            Reaction<InitiatingState> reaction, InitiatingState state, StreamHeader header) {
        if (!(state instanceof AwaitingHeader awaiting)) {
            return violation(reaction, StreamErrorCondition.BAD_FORMAT, "a header while " + state.label());
        }
        Optional<StreamErrorCondition> fault = Incoming.namespaceFault(header);
        if (fault.isPresent()) {
            return violation(reaction, fault.get(), "the header has other namespaces than those of s2s");
        }
        boolean somebodyElse = header.from().isPresent()
                && header.from()
                        .flatMap(Domain::parse)
                        .filter(d -> d.value().equals(pair.remote()))
                        .isEmpty();
        Receiver receiver = new Receiver(header.id().orElse(""), header.declaresDialback(), somebodyElse);
        if (Incoming.hasFeatures(header)) {
            return reaction.to(new AwaitingFeatures(awaiting.phase(), receiver));
        } else if (somebodyElse) {
            return wrongFrom(reaction);
        }
        return awaiting.phase() == Phase.PLAIN && policy.tls() == StreamPolicy.Tls.REQUIRED
                ? end(reaction.endOfStream(), POLICY_REFUSED, pair.remote() + " speaks XMPP 0.9, which has no TLS")
                : authenticate(reaction, receiver, false);
    }

    private Step<InitiatingState> features(
            Reaction<InitiatingState> reaction, AwaitingFeatures awaiting, XmlElement features) {
        if (awaiting.receiver().somebodyElse()) {
            return wrongFrom(reaction);
        }
        boolean startTls = features.child(Xmlns.TLS, "starttls").isPresent();
        if (awaiting.phase() == Phase.AUTHENTICATED) {
            return ready(reaction, AuthenticatedBy.SASL_EXTERNAL);
        } else if (awaiting.phase() == Phase.PLAIN && (startTls || policy.tls() == StreamPolicy.Tls.REQUIRED)) {
            // Asked for even where it is not offered: the offer may have been stripped (RFC 7590 section 3.1).
            return reaction.write(Nonzas.empty(Xmlns.TLS, "starttls")).to(new AwaitingProceed());
        }
        Receiver header = awaiting.receiver();
        boolean dialback = header.dialback()
                || features.child(Xmlns.DIALBACK_FEATURE, "dialback").isPresent();
        return authenticate(reaction, new Receiver(header.streamId(), dialback, false), offersExternal(features));
    }

    /** Only now: a server that does not know our {@code to} puts its own name into the header in front of its error. */
    private Step<InitiatingState> wrongFrom(Reaction<InitiatingState> reaction) {
        return violation(reaction, StreamErrorCondition.INVALID_FROM, "the header comes from another domain");
    }

    private static boolean offersExternal(XmlElement features) {
        return features.child(Xmlns.SASL, "mechanisms").stream()
                .flatMap(mechanisms -> mechanisms.elements().stream())
                .anyMatch(m -> m.is(Xmlns.SASL, "mechanism") && m.text().trim().equals("EXTERNAL"));
    }

    private Step<InitiatingState> proceed(Reaction<InitiatingState> reaction, XmlElement element) {
        if (element.name().local().equals("proceed")) {
            return startTls(reaction);
        }
        return end(reaction.endOfStream(), TLS_FAILED, pair.remote() + " refused to start TLS; its operator knows why");
    }

    private static Step<InitiatingState> startTls(Reaction<InitiatingState> reaction) {
        return reaction.effect(new StreamEffect.StartTls()).to(new SecuringTls());
    }

    private Step<InitiatingState> secured(Reaction<InitiatingState> reaction, PeerCertificate certificate) {
        boolean certificateNeeded = policy.authentication() == StreamPolicy.Authentication.CERTIFICATE
                && purpose instanceof StreamPurpose.Stanzas;
        if (certificateNeeded && !certificate.isTrusted()) {
            String why =
                    certificate instanceof PeerCertificate.Untrusted untrusted ? untrusted.reason() : "it has none";
            return end(reaction, CERTIFICATE_REFUSED, "the certificate of " + pair.remote() + ": " + why);
        }
        return openStream(reaction, Phase.SECURED);
    }

    private Step<InitiatingState> authenticate(
            Reaction<InitiatingState> reaction, Receiver receiver, boolean external) {
        if (purpose instanceof StreamPurpose.Verification verification) {
            return reaction.write(Nonzas.dialbackVerify(verification.question()))
                    .to(new AwaitingVerification(verification.question()));
        } else if (external && policy.authentication() != StreamPolicy.Authentication.DIALBACK) {
            return reaction.write(Nonzas.authExternal(pair.local())).to(new AwaitingSasl(receiver));
        }
        return dialback(reaction, receiver, "it does not offer EXTERNAL, so it has no use for our certificate");
    }

    private Step<InitiatingState> dialback(Reaction<InitiatingState> reaction, Receiver receiver, String whyNotSasl) {
        if (!receiver.dialback() || receiver.streamId().isEmpty()) {
            String text = pair.remote() + " offers no way to authenticate " + pair.local() + ": " + whyNotSasl
                    + ", and it does not offer dialback; check that our certificate names " + pair.local();
            return end(reaction.endOfStream(), AUTHENTICATION_FAILED, text);
        }
        String made = key.make(pair.remote(), pair.local(), receiver.streamId());
        DialbackQuestion question = new DialbackQuestion(pair.local(), pair.remote(), receiver.streamId(), made);
        return reaction.write(Nonzas.dialbackRequest(question)).to(new AwaitingDialback());
    }

    private Step<InitiatingState> saslOutcome(
            Reaction<InitiatingState> reaction, AwaitingSasl awaiting, XmlElement element) {
        return switch (element.name().local()) {
            case "success" -> openStream(reaction, Phase.AUTHENTICATED);
            case "failure" ->
                dialback(
                        reaction, awaiting.receiver(), "it refused EXTERNAL with " + Incoming.saslFailureText(element));
            default -> violation(reaction, StreamErrorCondition.BAD_FORMAT, "a challenge after an initial response");
        };
    }

    private Step<InitiatingState> dialbackOutcome(Reaction<InitiatingState> reaction, XmlElement element) {
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
            reaction.effect(new StreamEffect.LimitElements(limits.elementBytesAfter()));
            return ready(reaction, AuthenticatedBy.DIALBACK);
        }
        String text = pair.remote() + " did not accept " + pair.local() + " by dialback: " + answer.condition()
                + "; check that it can resolve and reach " + pair.local();
        return end(reaction.endOfStream(), AUTHENTICATION_FAILED, text);
    }

    private Step<InitiatingState> verified(
            Reaction<InitiatingState> reaction, DialbackQuestion question, XmlElement element) {
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

    private Step<InitiatingState> ready(Reaction<InitiatingState> reaction, AuthenticatedBy method) {
        if (timeouts.idle().toMillis() > 0) {
            reaction.effect(new StreamEffect.Schedule(StreamTimer.IDLE, timeouts.idle()));
        }
        return reaction.effect(new StreamEffect.Ready(pair, method)).to(new Ready(method));
    }

    /** One stream carries stanzas one way, but some servers send stanza errors back on the stream they concern. */
    private Step<InitiatingState> whenReady(Reaction<InitiatingState> reaction, XmlElement element) {
        boolean bounce = Incoming.isStanza(element)
                && element.attribute("type").filter("error"::equals).isPresent()
                && Incoming.domainOfJid(element, "from")
                        .filter(pair.remote()::equals)
                        .isPresent()
                && Incoming.domainOfJid(element, "to")
                        .filter(pair.local()::equals)
                        .isPresent();
        return bounce
                ? reaction.effect(new StreamEffect.Deliver(pair, element)).stay()
                : reaction.ignored("unexpected " + element.name().local() + " on a stream that we opened")
                        .stay();
    }

    private Step<InitiatingState> send(
            Reaction<InitiatingState> reaction, InitiatingState state, StreamInput.Send send) {
        if (state instanceof Ready) {
            send.stanzas().forEach(reaction::write);
        }
        return reaction.stay();
    }

    private Step<InitiatingState> timedOut(
            Reaction<InitiatingState> reaction, InitiatingState state, StreamTimer timer) {
        if (state instanceof Closing closing) {
            return reaction.end(Ended::new, closing.end());
        } else if (timer == StreamTimer.IDLE) {
            return close(reaction, state, new StreamEnd(IDLE, "nothing to send to " + pair.remote() + " for long"));
        }
        String text = pair.remote() + " did not answer in time while " + state.label();
        if (!(state instanceof SecuringTls)) {
            reaction.error(StreamErrorCondition.CONNECTION_TIMEOUT, "no answer in time");
        }
        return end(reaction, NEGOTIATION_TIMEOUT, text);
    }

    private Step<InitiatingState> close(Reaction<InitiatingState> reaction, InitiatingState state, StreamEnd end) {
        if (state instanceof Connecting || state instanceof SecuringTls) {
            return reaction.end(Ended::new, end);
        } else if (state instanceof Closing) {
            return reaction.stay();
        } else if (end.error().isPresent()) {
            return reaction.error(end.error().get(), end.text()).end(Ended::new, end);
        }
        return reaction.endOfStream().to(new Closing(end));
    }

    private Step<InitiatingState> closedByRemote(Reaction<InitiatingState> reaction, InitiatingState state) {
        if (state instanceof Closing closing) {
            return reaction.end(Ended::new, closing.end());
        }
        return end(
                reaction.endOfStream(), CLOSED_BY_REMOTE, pair.remote() + " closed the stream while " + state.label());
    }

    private Step<InitiatingState> remoteError(Reaction<InitiatingState> reaction, XmlElement error) {
        String text = pair.remote() + " ended the stream: " + Incoming.streamErrorText(error);
        StreamEnd end = new StreamEnd(REMOTE_STREAM_ERROR, Incoming.streamErrorCondition(error), text);
        return reaction.endOfStream().end(Ended::new, end);
    }

    private Step<InitiatingState> violation(
            Reaction<InitiatingState> reaction, StreamErrorCondition condition, String text) {
        return end(
                reaction.error(condition, text),
                Incoming.reasonOf(condition),
                "what " + pair.remote() + " sent: " + text);
    }

    private Step<InitiatingState> disconnected(Reaction<InitiatingState> reaction, InitiatingState state, String text) {
        if (state instanceof Closing closing) {
            return reaction.end(Ended::new, closing.end());
        }
        return end(
                reaction,
                CONNECTION_LOST,
                "connection with " + pair.remote() + " lost while " + state.label() + ": " + text);
    }

    private static Step<InitiatingState> end(Reaction<InitiatingState> reaction, StreamEnd.Reason reason, String text) {
        return reaction.end(Ended::new, new StreamEnd(reason, text));
    }
}
