package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.StreamEnd.Reason.CLOSED_BY_REMOTE;
import static io.wavegate.s2s.stream.StreamEnd.Reason.CONNECTION_LOST;
import static io.wavegate.s2s.stream.StreamEnd.Reason.IDLE;
import static io.wavegate.s2s.stream.StreamEnd.Reason.NEGOTIATION_TIMEOUT;
import static io.wavegate.s2s.stream.StreamEnd.Reason.POLICY_REFUSED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.REMOTE_STREAM_ERROR;
import static io.wavegate.s2s.stream.StreamEnd.Reason.TLS_FAILED;
import static io.wavegate.s2s.stream.StreamEnd.Reason.UNRESPONSIVE;

import io.wavegate.s2s.stream.ReceivingState.AwaitingHeader;
import io.wavegate.s2s.stream.ReceivingState.Closing;
import io.wavegate.s2s.stream.ReceivingState.Ended;
import io.wavegate.s2s.stream.ReceivingState.Established;
import io.wavegate.s2s.stream.ReceivingState.Negotiating;
import io.wavegate.s2s.stream.ReceivingState.SecuringTls;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.Xmlns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The receiving side (RFC 6120, XEP-0178, XEP-0220):
 *
 * <pre>
 * header ⇄ header, features → starttls ⇄ proceed → TLS → header ⇄ header, features → Negotiating
 *     → auth ⇄ success → header ⇄ header, features → Established
 *     → db:result → (ask the authoritative server, or the certificate) → valid → Established
 * </pre>
 *
 * <p>{@code db:verify} is answered in every state that has had a header. Pure, like {@link InitiatingStream}.
 */
public final class ReceivingStream {
    private final ReceivingTerms terms;
    private final ReceivingHeader headers;
    private final ReceivingSasl sasl;
    private final ReceivingDialback dialback;
    private final StanzaTraffic traffic;

    /** A stream under these terms. */
    public ReceivingStream(ReceivingTerms terms) {
        this.terms = terms;
        sasl = new ReceivingSasl(terms);
        traffic = new StanzaTraffic(terms.extensions());
        headers = new ReceivingHeader(terms, sasl, traffic);
        dialback = new ReceivingDialback(terms, traffic);
    }

    /** A connection was accepted. */
    public Step<ReceivingState> start() {
        ReceivingState state = new AwaitingHeader(Phase.PLAIN, PresentedCertificate.NOBODY, Optional.empty());
        return new Step<>(
                state,
                List.of(
                        new StreamEffect.Restart(terms.limits().elementBytesBefore()),
                        new StreamEffect.Schedule(
                                StreamTimer.STATE, terms.timeouts().header())));
    }

    /** A connection was accepted whose first byte is TLS's (XEP-0368); afterwards it is as after STARTTLS. */
    public Step<ReceivingState> startWithTls() {
        return new Step<>(
                new SecuringTls(Optional.empty()),
                List.of(
                        new StreamEffect.StartTls(),
                        new StreamEffect.Schedule(
                                StreamTimer.STATE, terms.timeouts().tls())));
    }

    /** Takes an input. */
    public Step<ReceivingState> on(ReceivingState state, StreamInput input) {
        Reaction<ReceivingState> reaction = new Reaction<>(state, terms.timeouts());
        if (state instanceof Ended) {
            return reaction.stay();
        } else if (input instanceof StreamInput.Received received) {
            return received(reaction, state, received.event());
        } else if (input instanceof StreamInput.Secured secured && state instanceof SecuringTls securing) {
            CertificateLife.watchOurs(reaction, secured.ownEnds());
            return reaction.effect(new StreamEffect.Restart(terms.limits().elementBytesBefore()))
                    .to(new AwaitingHeader(Phase.SECURED, secured.certificate(), securing.before()));
        } else if (input instanceof StreamInput.DialbackAnswered answered) {
            return answered(reaction, state, answered);
        } else if (input instanceof StreamInput.TimedOut timedOut) {
            return timedOut(reaction, state, timedOut.timer());
        } else if (input instanceof StreamInput.Close close) {
            return close(reaction, state, close.end());
        } else if (input instanceof StreamInput.TlsFailed failed) {
            // Once our end is out, TLS that breaks is how it came to be and not why.
            return state instanceof Closing closing
                    ? reaction.end(Ended::new, closing.end())
                    : end(reaction, TLS_FAILED, who(state) + ": " + failed.text());
        } else if (input instanceof StreamInput.Disconnected gone) {
            return disconnected(reaction, state, gone.text());
        } else if (state instanceof Established established) {
            return passing(reaction, established.session(), input);
        }
        return reaction.stay();
    }

    private Step<ReceivingState> passing(Reaction<ReceivingState> reaction, Session session, StreamInput input) {
        Traffic before = session.traffic();
        if (input instanceof StreamInput.Send send && session.bidi()) {
            return passed(reaction, session, traffic.send(reaction, before, send.stanzas()));
        } else if (input instanceof StreamInput.Handled handled) {
            return passed(reaction, session, traffic.handled(reaction, before, handled.stanzas()));
        } else if (input instanceof StreamInput.Quiet) {
            return passed(reaction, session, traffic.keepAlive(reaction, before));
        }
        return reaction.stay();
    }

    private static Step<ReceivingState> passed(Reaction<ReceivingState> reaction, Session session, Traffic after) {
        return reaction.to(new Established(session.with(after)));
    }

    private Step<ReceivingState> received(Reaction<ReceivingState> reaction, ReceivingState state, XmlEvent event) {
        if (event instanceof XmlEvent.FirstLevel first) {
            return element(reaction, state, first.element());
        } else if (event instanceof XmlEvent.StreamOpened opened && state instanceof AwaitingHeader awaiting) {
            return headers.on(reaction, awaiting, opened.header());
        } else if (event instanceof XmlEvent.Violation violation) {
            return violation(reaction, state, violation.condition(), violation.text());
        } else if (state instanceof Closing closing) {
            return reaction.end(Ended::new, closing.end());
        } else if (state instanceof Established established) {
            traffic.beforeAnsweringEnd(reaction, established.session().traffic());
        }
        return end(reaction.endOfStream(), CLOSED_BY_REMOTE, who(state) + " closed the stream");
    }

    private Step<ReceivingState> element(Reaction<ReceivingState> reaction, ReceivingState state, XmlElement element) {
        if (Incoming.isStreamError(element)) {
            String text = who(state) + " ended the stream: " + Incoming.streamErrorText(element);
            StreamEnd end = new StreamEnd(REMOTE_STREAM_ERROR, Incoming.streamErrorCondition(element), text);
            return reaction.endOfStream().end(Ended::new, end);
        } else if (state instanceof Established established) {
            return established(reaction, established, element);
        } else if (state instanceof Negotiating negotiating) {
            return negotiating(reaction, negotiating, element);
        } else if (state instanceof Closing closing) {
            return whileClosing(reaction, closing, element);
        }
        return reaction.ignored("an element while " + state.label()).stay();
    }

    /** After our end tag nothing is answered any more. */
    private Step<ReceivingState> whileClosing(Reaction<ReceivingState> reaction, Closing closing, XmlElement element) {
        Session session = closing.session();
        return Incoming.isStanza(element)
                ? stanza(reaction, closing, session, element)
                : reaction.to(new Closing(
                        session.with(traffic.afterEnd(reaction, session.traffic(), element)), closing.end()));
    }

    private Step<ReceivingState> negotiating(Reaction<ReceivingState> reaction, Negotiating state, XmlElement element) {
        Session session = state.session();
        String namespace = element.name().namespace();
        if (namespace.equals(Xmlns.DIALBACK)) {
            return dialback.on(reaction, session, element);
        } else if (element.is(Xmlns.TLS, "starttls") && !session.isSecured()) {
            return reaction.write(Nonzas.empty(Xmlns.TLS, "proceed"))
                    .effect(new StreamEffect.StartTls())
                    .to(new SecuringTls(Optional.of(session)));
        } else if (namespace.equals(Xmlns.SASL)) {
            return sasl.on(reaction, session, element);
        } else if (element.is(Xmlns.BIDI, "bidi") && headers.mayBeBidirectional(session)) {
            return reaction.to(new Negotiating(session.withBidi(PeerLimits.in(element))));
        } else if (namespace.equals(Xmlns.ACKS)) {
            traffic.refuse(reaction, session.traffic(), "unexpected-request");
            return reaction.stay();
        } else if (Incoming.isStanza(element)) {
            return unauthenticated(reaction, session);
        }
        return violation(
                reaction, state, StreamErrorCondition.UNSUPPORTED_STANZA_TYPE, "an element that was not offered");
    }

    private Step<ReceivingState> unauthenticated(Reaction<ReceivingState> reaction, Session session) {
        boolean tlsFirst = !session.isSecured()
                && session.remote()
                        .filter(remote -> terms.policies().policyFor(remote).tls() != StreamPolicy.Tls.REQUIRED)
                        .isEmpty();
        String text = session.remote().orElse("a peer") + " sent a stanza before it was authenticated";
        return tlsFirst
                ? end(reaction.error(StreamErrorCondition.POLICY_VIOLATION, "start TLS first"), POLICY_REFUSED, text)
                : end(reaction.error(StreamErrorCondition.NOT_AUTHORIZED, "authenticate first"), POLICY_REFUSED, text);
    }

    private Step<ReceivingState> established(Reaction<ReceivingState> reaction, Established state, XmlElement element) {
        if (Incoming.isStanza(element)) {
            return stanza(reaction, state, state.session(), element);
        } else if (element.name().namespace().equals(Xmlns.DIALBACK)) {
            return dialback.on(reaction, state.session(), element);
        } else if (element.name().namespace().equals(Xmlns.ACKS)) {
            return managed(reaction, state, element);
        }
        return violation(
                reaction, state, StreamErrorCondition.UNSUPPORTED_STANZA_TYPE, "neither a stanza nor dialback");
    }

    private Step<ReceivingState> managed(Reaction<ReceivingState> reaction, Established state, XmlElement element) {
        StanzaTraffic.Managed managed =
                traffic.onTheirs(reaction, state.session().traffic(), element);
        return managed.fault().isPresent()
                ? fault(reaction, state, managed.fault().get())
                : passed(reaction, state.session(), managed.traffic());
    }

    private Step<ReceivingState> stanza(
            Reaction<ReceivingState> reaction, ReceivingState state, Session session, XmlElement stanza) {
        InboundAddressing judgement = InboundAddressing.judge(stanza, session, terms);
        if (judgement instanceof InboundAddressing.Passes passes) {
            reaction.effect(new StreamEffect.Deliver(passes.pair(), stanza));
            Traffic before = session.traffic();
            return state instanceof Established
                    ? passed(reaction, session, before.with(before.acks().withArrived()))
                    : reaction.stay();
        }
        InboundAddressing.Fails fails = (InboundAddressing.Fails) judgement;
        return violation(reaction, state, fails.condition(), fails.text());
    }

    private Step<ReceivingState> answered(
            Reaction<ReceivingState> reaction, ReceivingState state, StreamInput.DialbackAnswered answered) {
        if (state instanceof Negotiating negotiating) {
            return dialback.answered(reaction, negotiating.session(), answered);
        } else if (state instanceof Established established) {
            return dialback.answered(reaction, established.session(), answered);
        }
        return reaction.ignored("a dialback answer while " + state.label()).stay();
    }

    private Step<ReceivingState> timedOut(Reaction<ReceivingState> reaction, ReceivingState state, StreamTimer timer) {
        if (state instanceof Closing closing) {
            return timer == StreamTimer.STATE ? reaction.end(Ended::new, closing.end()) : reaction.stay();
        } else if (timer == StreamTimer.IDLE) {
            return close(reaction, state, new StreamEnd(IDLE, who(state) + " sent nothing for long"));
        } else if (timer == StreamTimer.ACK) {
            return state instanceof Established established
                    ? acknowledgementDue(reaction, established)
                    : reaction.stay();
        } else if (timer == StreamTimer.OWN_CERTIFICATE || timer == StreamTimer.PEER_CERTIFICATE) {
            return state instanceof Established established
                    ? certificateEnded(reaction, established, timer)
                    : reaction.stay();
        } else if (state instanceof SecuringTls) {
            return end(reaction, NEGOTIATION_TIMEOUT, who(state) + " did not finish the TLS handshake in time");
        }
        headers.answerIfMissing(reaction, state);
        return end(
                reaction.error(StreamErrorCondition.CONNECTION_TIMEOUT, "too slow"),
                NEGOTIATION_TIMEOUT,
                who(state) + " was too slow while " + state.label());
    }

    private Step<ReceivingState> acknowledgementDue(Reaction<ReceivingState> reaction, Established state) {
        Optional<Traffic> after = traffic.timeIsUp(reaction, state.session().traffic());
        return after.isPresent()
                ? passed(reaction, state.session(), after.get())
                : end(
                        reaction.error(StreamErrorCondition.CONNECTION_TIMEOUT, "no acknowledgement in time"),
                        UNRESPONSIVE,
                        who(state) + " does not answer any more on a stream that was up");
    }

    /** Whether the peer believed us for our certificate is not known; if not, the reset costs it a new stream. */
    private Step<ReceivingState> certificateEnded(
            Reaction<ReceivingState> reaction, Established state, StreamTimer timer) {
        Session session = state.session();
        Set<String> believed = session.pairs().stream().map(DomainPair::remote).collect(Collectors.toSet());
        if (timer == StreamTimer.OWN_CERTIFICATE) {
            return reset(reaction, session, CertificateLife.ours(who(state)));
        }
        return CertificateLife.isOver(reaction, session.certificate(), believed)
                ? reset(reaction, session, CertificateLife.theirs(who(state)))
                : reaction.stay();
    }

    /** What is on its way still counts. */
    private Step<ReceivingState> reset(Reaction<ReceivingState> reaction, Session session, StreamEnd end) {
        traffic.beforeEnd(reaction, session.traffic());
        return reaction.error(end.error().orElseThrow(), end.text()).to(new Closing(session, end));
    }

    private Step<ReceivingState> close(Reaction<ReceivingState> reaction, ReceivingState state, StreamEnd end) {
        if (state instanceof Closing) {
            return reaction.stay();
        }
        if (state instanceof Established established) {
            traffic.beforeEnd(reaction, established.session().traffic());
        }
        if (end.error().isPresent() && !(state instanceof SecuringTls)) {
            headers.answerIfMissing(reaction, state);
            return reaction.error(end.error().get(), end.text()).end(Ended::new, end);
        } else if (state instanceof Established established) {
            return reaction.endOfStream().to(new Closing(established.session(), end));
        } else if (state instanceof Negotiating negotiating) {
            return reaction.endOfStream().to(new Closing(negotiating.session(), end));
        }
        return reaction.end(Ended::new, end);
    }

    private Step<ReceivingState> violation(
            Reaction<ReceivingState> reaction, ReceivingState state, StreamErrorCondition condition, String text) {
        return fault(reaction, state, new StanzaTraffic.Fault(condition, text, Optional.empty()));
    }

    private Step<ReceivingState> fault(
            Reaction<ReceivingState> reaction, ReceivingState state, StanzaTraffic.Fault fault) {
        headers.answerIfMissing(reaction, state);
        return end(
                reaction.error(fault.condition(), fault.text(), fault.detail()),
                Incoming.reasonOf(fault.condition()),
                who(state) + ": " + fault.text());
    }

    private Step<ReceivingState> disconnected(Reaction<ReceivingState> reaction, ReceivingState state, String text) {
        if (state instanceof Closing closing) {
            return reaction.end(Ended::new, closing.end());
        }
        return end(
                reaction,
                CONNECTION_LOST,
                "connection with " + who(state) + " lost while " + state.label() + ": " + text);
    }

    private static String who(ReceivingState state) {
        Optional<Session> session = state instanceof Established established
                ? Optional.of(established.session())
                : state instanceof Negotiating negotiating
                        ? Optional.of(negotiating.session())
                        : state instanceof SecuringTls securing
                                ? securing.before()
                                : state instanceof AwaitingHeader awaiting ? awaiting.before() : Optional.empty();
        return session.flatMap(Session::remote).orElse("a peer that has not said who it is");
    }

    private static Step<ReceivingState> end(Reaction<ReceivingState> reaction, StreamEnd.Reason reason, String text) {
        return reaction.end(Ended::new, new StreamEnd(reason, text));
    }
}
