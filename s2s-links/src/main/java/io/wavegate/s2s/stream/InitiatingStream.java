package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.StreamEnd.Reason.CERTIFICATE_REFUSED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CLOSED_BY_REMOTE;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CONNECTION_LOST;
import static io.wavegate.s2s.stream.StreamEnd.Reason.IDLE;
import static io.wavegate.s2s.stream.StreamEnd.Reason.NEGOTIATION_TIMEOUT;
import static io.wavegate.s2s.stream.StreamEnd.Reason.POLICY_REFUSED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.REMOTE_STREAM_ERROR;
import static io.wavegate.s2s.stream.StreamEnd.Reason.TLS_FAILED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.UNRESPONSIVE;

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
import io.wavegate.s2s.stream.InitiatingState.Progress;
import io.wavegate.s2s.stream.InitiatingState.Ready;
import io.wavegate.s2s.stream.InitiatingState.Receiver;
import io.wavegate.s2s.stream.InitiatingState.SecuringTls;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.StreamHeader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.Xmlns;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * <p>Where it is offered, {@code <bidi/>} goes before auth or db:result, and {@code <enable/>} with Ready.
 *
 * <p>Pure: what it needs comes with the input, what it wants is among the effects. One instance serves one stream.
 */
public final class InitiatingStream {
    private final DomainPair pair;
    private final StreamPurpose purpose;
    private final InitiatingTerms terms;
    private final StanzaTraffic traffic;
    private final InitiatingAuthentication authentication;
    private final InitiatingTraffic incoming;

    /** A stream for the pair, under these terms. */
    public InitiatingStream(DomainPair pair, StreamPurpose purpose, InitiatingTerms terms) {
        this.pair = pair;
        this.purpose = purpose;
        this.terms = terms;
        traffic = new StanzaTraffic(terms.extensions());
        authentication = new InitiatingAuthentication(pair, purpose, terms, traffic);
        incoming = new InitiatingTraffic(pair, terms, traffic);
    }

    /** The first state. */
    public InitiatingState initial() {
        return new Connecting();
    }

    /** Takes an input. */
    public Step<InitiatingState> on(InitiatingState state, StreamInput input) {
        Reaction<InitiatingState> reaction = new Reaction<>(state, terms.timeouts());
        if (state instanceof Ended) {
            return reaction.stay();
        } else if (input instanceof StreamInput.Connected connected) {
            return connected.directTls() ? startTls(reaction) : openStream(reaction, Progress.NONE);
        } else if (input instanceof StreamInput.Received received) {
            return received(reaction, state, received.event());
        } else if (input instanceof StreamInput.Secured secured) {
            return secured(reaction, secured);
        } else if (input instanceof StreamInput.TimedOut timedOut) {
            return timedOut(reaction, state, timedOut.timer());
        } else if (input instanceof StreamInput.Close close) {
            return close(reaction, state, close.end());
        } else if (input instanceof StreamInput.TlsFailed failed) {
            // Once our end is out, TLS that breaks is how it came to be and not why.
            return state instanceof Closing closing
                    ? reaction.end(Ended::new, closing.end())
                    : end(reaction, TLS_FAILED, "TLS with " + pair.remote() + ": " + failed.text());
        } else if (input instanceof StreamInput.Disconnected gone) {
            return disconnected(reaction, state, gone.text());
        } else if (state instanceof Ready ready) {
            return passing(reaction, ready, input);
        }
        return reaction.stay();
    }

    private Step<InitiatingState> passing(Reaction<InitiatingState> reaction, Ready ready, StreamInput input) {
        Traffic before = ready.traffic();
        if (input instanceof StreamInput.Send send) {
            return reaction.to(ready.with(traffic.send(reaction, before, send.stanzas())));
        } else if (input instanceof StreamInput.Handled handled) {
            return reaction.to(ready.with(traffic.handled(reaction, before, handled.stanzas())));
        } else if (input instanceof StreamInput.Quiet) {
            return reaction.to(ready.with(traffic.keepAlive(reaction, before)));
        }
        return reaction.stay();
    }

    private Step<InitiatingState> received(Reaction<InitiatingState> reaction, InitiatingState state, XmlEvent event) {
        if (event instanceof XmlEvent.FirstLevel first) {
            return Incoming.isStreamError(first.element())
                    ? remoteError(reaction, state, first.element())
                    : element(reaction, state, first.element());
        } else if (event instanceof XmlEvent.StreamOpened opened) {
            return header(reaction, state, opened.header());
        } else if (event instanceof XmlEvent.Violation violation) {
            return violation(reaction, pair, violation.condition(), violation.text());
        }
        return closedByRemote(reaction, state);
    }

    private Step<InitiatingState> element(
            Reaction<InitiatingState> reaction, InitiatingState state, XmlElement element) {
        if (state instanceof Ready ready) {
            return incoming.element(reaction, ready, element);
        } else if (state instanceof Closing closing) {
            return incoming.whileClosing(reaction, closing, element);
        } else if (state instanceof AwaitingFeatures awaiting && element.is(Xmlns.STREAM, "features")) {
            return features(reaction, awaiting, element);
        } else if (state instanceof AwaitingProceed
                && element.name().namespace().equals(Xmlns.TLS)) {
            return proceed(reaction, element);
        } else if (state instanceof AwaitingSasl awaiting
                && element.name().namespace().equals(Xmlns.SASL)) {
            return authentication
                    .saslOutcome(reaction, awaiting, element)
                    .orElseGet(() -> openStream(reaction, awaiting.progress().in(Phase.AUTHENTICATED)));
        } else if (state instanceof AwaitingDialback awaiting && element.is(Xmlns.DIALBACK, "result")) {
            return authentication.dialbackOutcome(reaction, awaiting, element);
        } else if (state instanceof AwaitingVerification awaiting && element.is(Xmlns.DIALBACK, "verify")) {
            return authentication.verified(reaction, awaiting.question(), element);
        }
        // An answer to nothing we asked on this stream counts for nothing (CVE-2012-3525).
        return reaction.ignored("unexpected " + element.name().local() + " while " + state.label())
                .stay();
    }

    private Step<InitiatingState> openStream(Reaction<InitiatingState> reaction, Progress progress) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("from", pair.local());
        attributes.put("to", pair.remote());
        attributes.put("version", "1.0");
        attributes.put("xml:lang", "en");
        StreamLimits limits = terms.limits();
        int bytes = progress.phase() == Phase.AUTHENTICATED ? limits.elementBytesAfter() : limits.elementBytesBefore();
        return reaction.effect(new StreamEffect.Restart(bytes))
                .header(attributes)
                .to(new AwaitingHeader(progress));
    }

    private Step<InitiatingState> header(
            Reaction<InitiatingState> reaction, InitiatingState state, StreamHeader header) {
        if (!(state instanceof AwaitingHeader awaiting)) {
            return violation(reaction, pair, StreamErrorCondition.BAD_FORMAT, "a header while " + state.label());
        }
        Optional<StreamErrorCondition> fault = Incoming.namespaceFault(header);
        if (fault.isPresent()) {
            return violation(reaction, pair, fault.get(), "the header has other namespaces than those of s2s");
        }
        boolean somebodyElse = header.from().isPresent()
                && header.from()
                        .flatMap(Domain::parse)
                        .filter(d -> d.value().equals(pair.remote()))
                        .isEmpty();
        Receiver receiver = new Receiver(header.id().orElse(""), header.declaresDialback(), somebodyElse);
        if (Incoming.hasFeatures(header)) {
            return reaction.to(new AwaitingFeatures(awaiting.progress(), receiver));
        } else if (somebodyElse) {
            return wrongFrom(reaction);
        }
        return awaiting.progress().phase() == Phase.PLAIN && terms.policy().tls() == StreamPolicy.Tls.REQUIRED
                ? end(reaction.endOfStream(), POLICY_REFUSED, pair.remote() + " speaks XMPP 0.9, which has no TLS")
                : authentication.begin(reaction, awaiting.progress(), receiver);
    }

    private Step<InitiatingState> features(
            Reaction<InitiatingState> reaction, AwaitingFeatures awaiting, XmlElement features) {
        if (awaiting.receiver().somebodyElse()) {
            return wrongFrom(reaction);
        }
        Progress progress = awaiting.progress().with(Offers.in(features));
        if (progress.phase() == Phase.AUTHENTICATED) {
            return authentication.ready(reaction, progress, AuthenticatedBy.SASL_EXTERNAL);
        }
        boolean startTls = progress.offers().startTls() || terms.policy().tls() == StreamPolicy.Tls.REQUIRED;
        if (progress.phase() == Phase.PLAIN && startTls) {
            // Asked for even where it is not offered: the offer may have been stripped (RFC 7590 section 3.1).
            return reaction.write(Nonzas.empty(Xmlns.TLS, "starttls")).to(new AwaitingProceed());
        }
        Receiver header = awaiting.receiver();
        boolean dialback = header.dialback() || progress.offers().dialback();
        return authentication.begin(reaction, progress, new Receiver(header.streamId(), dialback, false));
    }

    /** Not by anybody on the path (RFC 6120 section 13.15): by a server that has proved to be the domain's. */
    private boolean mayBeSentElsewhere(InitiatingState state) {
        return state.settled()
                .filter(progress -> progress.phase() != Phase.PLAIN)
                .filter(progress ->
                        progress.certificate().forDomain(pair.remote()).isTrusted())
                .isPresent();
    }

    /** Only now: a server that does not know our {@code to} puts its own name into the header in front of its error. */
    private Step<InitiatingState> wrongFrom(Reaction<InitiatingState> reaction) {
        return violation(reaction, pair, StreamErrorCondition.INVALID_FROM, "the header comes from another domain");
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

    private Step<InitiatingState> secured(Reaction<InitiatingState> reaction, StreamInput.Secured secured) {
        PresentedCertificate presented = secured.certificate();
        boolean certificateNeeded = terms.policy().authentication() == StreamPolicy.Authentication.CERTIFICATE
                && purpose instanceof StreamPurpose.Stanzas;
        PeerCertificate certificate = presented.forDomain(pair.remote());
        if (certificateNeeded && !certificate.isTrusted()) {
            return end(
                    reaction,
                    CERTIFICATE_REFUSED,
                    "the certificate of " + pair.remote() + ": " + certificate.weakness());
        }
        CertificateLife.watchOurs(reaction, secured.ownEnds());
        return openStream(reaction, new Progress(Phase.SECURED, presented, false, Offers.NONE));
    }

    private Step<InitiatingState> timedOut(
            Reaction<InitiatingState> reaction, InitiatingState state, StreamTimer timer) {
        if (state instanceof Closing closing) {
            return timer == StreamTimer.STATE ? reaction.end(Ended::new, closing.end()) : reaction.stay();
        } else if (timer == StreamTimer.IDLE) {
            return close(reaction, state, new StreamEnd(IDLE, "nothing to send to " + pair.remote() + " for long"));
        } else if (timer == StreamTimer.ACK) {
            return state instanceof Ready ready ? acknowledgementDue(reaction, ready) : reaction.stay();
        } else if (timer == StreamTimer.OWN_CERTIFICATE || timer == StreamTimer.PEER_CERTIFICATE) {
            return state instanceof Ready ready ? certificateEnded(reaction, ready, timer) : reaction.stay();
        }
        String text = pair.remote() + " did not answer in time while " + state.label();
        if (!(state instanceof SecuringTls)) {
            reaction.error(StreamErrorCondition.CONNECTION_TIMEOUT, "no answer in time");
        }
        return end(reaction, NEGOTIATION_TIMEOUT, text);
    }

    private Step<InitiatingState> acknowledgementDue(Reaction<InitiatingState> reaction, Ready ready) {
        Optional<Traffic> after = traffic.timeIsUp(reaction, ready.traffic());
        return after.isPresent()
                ? reaction.to(ready.with(after.get()))
                : end(
                        reaction.error(StreamErrorCondition.CONNECTION_TIMEOUT, "no acknowledgement in time"),
                        UNRESPONSIVE,
                        pair.remote() + " does not answer any more on a stream that was up");
    }

    /** What was authenticated by dialback owes nothing to our certificate. */
    private Step<InitiatingState> certificateEnded(Reaction<InitiatingState> reaction, Ready ready, StreamTimer timer) {
        if (timer == StreamTimer.OWN_CERTIFICATE) {
            return ready.method() == AuthenticatedBy.SASL_EXTERNAL
                    ? reset(reaction, ready, CertificateLife.ours(pair.remote()))
                    : reaction.stay();
        }
        Set<String> believed = new LinkedHashSet<>(Set.of(pair.remote()));
        ready.reverse().forEach(back -> believed.add(back.remote()));
        return CertificateLife.isOver(reaction, ready.certificate(), believed)
                ? reset(reaction, ready, CertificateLife.theirs(pair.remote()))
                : reaction.stay();
    }

    /** What is on its way back still counts. */
    private Step<InitiatingState> reset(Reaction<InitiatingState> reaction, Ready ready, StreamEnd end) {
        traffic.beforeEnd(reaction, ready.traffic());
        return reaction.error(end.error().orElseThrow(), end.text()).to(closing(end, ready));
    }

    private Step<InitiatingState> close(Reaction<InitiatingState> reaction, InitiatingState state, StreamEnd end) {
        if (state instanceof Connecting || state instanceof SecuringTls) {
            return reaction.end(Ended::new, end);
        } else if (state instanceof Closing) {
            return reaction.stay();
        }
        if (state instanceof Ready ready) {
            traffic.beforeEnd(reaction, ready.traffic());
        }
        if (end.error().isPresent()) {
            return reaction.error(end.error().get(), end.text()).end(Ended::new, end);
        } else if (state instanceof Ready ready) {
            return reaction.endOfStream().to(closing(end, ready));
        }
        return reaction.endOfStream().to(new Closing(end));
    }

    private static Closing closing(StreamEnd end, Ready ready) {
        return new Closing(end, ready.reverse(), ready.traffic());
    }

    private Step<InitiatingState> closedByRemote(Reaction<InitiatingState> reaction, InitiatingState state) {
        if (state instanceof Closing closing) {
            return reaction.end(Ended::new, closing.end());
        } else if (state instanceof Ready ready) {
            traffic.beforeAnsweringEnd(reaction, ready.traffic());
        }
        return end(
                reaction.endOfStream(), CLOSED_BY_REMOTE, pair.remote() + " closed the stream while " + state.label());
    }

    private Step<InitiatingState> remoteError(
            Reaction<InitiatingState> reaction, InitiatingState state, XmlElement error) {
        error.child(Xmlns.STREAM_ERRORS, StreamErrorCondition.SEE_OTHER_HOST.elementName())
                .filter(place -> mayBeSentElsewhere(state))
                .ifPresent(place -> reaction.effect(new StreamEffect.SeeOther(Incoming.brief(place.text()))));
        String text = pair.remote() + " ended the stream: " + Incoming.streamErrorText(error);
        StreamEnd end = new StreamEnd(REMOTE_STREAM_ERROR, Incoming.streamErrorCondition(error), text);
        return reaction.endOfStream().end(Ended::new, end);
    }

    static Step<InitiatingState> violation(
            Reaction<InitiatingState> reaction, DomainPair pair, StreamErrorCondition condition, String text) {
        return fault(reaction, pair, new StanzaTraffic.Fault(condition, text, Optional.empty()));
    }

    static Step<InitiatingState> fault(Reaction<InitiatingState> reaction, DomainPair pair, StanzaTraffic.Fault fault) {
        return end(
                reaction.error(fault.condition(), fault.text(), fault.detail()),
                Incoming.reasonOf(fault.condition()),
                "what " + pair.remote() + " sent: " + fault.text());
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

    static Step<InitiatingState> end(Reaction<InitiatingState> reaction, StreamEnd.Reason reason, String text) {
        return reaction.end(Ended::new, new StreamEnd(reason, text));
    }
}
