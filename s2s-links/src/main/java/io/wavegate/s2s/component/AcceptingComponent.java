package io.wavegate.s2s.component;

import io.wavegate.s2s.component.ComponentState.AwaitingHandshake;
import io.wavegate.s2s.component.ComponentState.AwaitingHeader;
import io.wavegate.s2s.component.ComponentState.Claiming;
import io.wavegate.s2s.component.ComponentState.Closing;
import io.wavegate.s2s.component.ComponentState.Ended;
import io.wavegate.s2s.component.ComponentState.Established;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.jid.Jid;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.StreamHeader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.Xmlns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server's side of XEP-0114:
 *
 * <pre>
 * header ⇄ header with id → handshake → is the name free? → handshake → stanzas both ways
 * </pre>
 *
 * <p>Who knows the secret and finds the name taken gets {@code conflict}: the newer connection is refused, so that a second
 * copy started by mistake never steals the stanzas of one that works.
 */
public final class AcceptingComponent implements ComponentMachine {
    private final AcceptingTerms terms;

    public AcceptingComponent(AcceptingTerms terms) {
        this.terms = terms;
    }

    @Override
    public ComponentStep start() {
        return new ComponentTalk().deadline(terms.limits().handshake()).to(new AwaitingHeader());
    }

    @Override
    public ComponentStep on(ComponentState state, ComponentInput input) {
        if (state instanceof Ended) {
            return new ComponentStep(state, List.of());
        } else if (input instanceof ComponentInput.Received received) {
            return received(state, received.event());
        } else if (input instanceof ComponentInput.Claimed claimed && state instanceof Claiming claiming) {
            return claimed(claiming.host(), claimed.free());
        } else if (input instanceof ComponentInput.TimedOut) {
            return timedOut(state);
        } else if (input instanceof ComponentInput.Close close) {
            return close(state, close.end());
        } else if (input instanceof ComponentInput.Disconnected gone) {
            return disconnected(state, gone.text());
        }
        return new ComponentStep(state, List.of());
    }

    private ComponentStep received(ComponentState state, XmlEvent event) {
        if (event instanceof XmlEvent.FirstLevel first) {
            return element(state, first.element());
        } else if (event instanceof XmlEvent.StreamOpened opened) {
            return header(opened.header());
        } else if (event instanceof XmlEvent.Violation violation) {
            return refuse(state, violation.condition(), violation.text(), Reason.PROTOCOL_ERROR);
        } else if (state instanceof Closing closing) {
            return new ComponentTalk().end(closing.end());
        }
        return new ComponentTalk()
                .endOfStream()
                .end(new StreamEnd(Reason.CLOSED_BY_REMOTE, who(state) + " closed its stream"));
    }

    private ComponentStep header(StreamHeader header) {
        ComponentTalk talk = new ComponentTalk();
        String id = terms.streamIds().get();
        Optional<String> host = header.to().flatMap(Domain::parse).map(Domain::value);
        boolean right = header.name().namespace().equals(Xmlns.STREAM)
                && header.contentNamespace().equals(Xmlns.COMPONENT);
        if (!right) {
            String text = "the content namespace must be " + Xmlns.COMPONENT;
            return talk.write(ComponentTalk.header("from", "", id))
                    .fail(StreamErrorCondition.INVALID_NAMESPACE, text, fault("a component", text));
        }
        if (host.isEmpty() || !terms.secrets().containsKey(host.get())) {
            String wanted = host.orElse("a name that is none");
            return talk.write(ComponentTalk.header("from", "", id))
                    .fail(
                            StreamErrorCondition.HOST_UNKNOWN,
                            "no such component is configured here",
                            new StreamEnd(
                                    Reason.POLICY_REFUSED,
                                    "a component wanted to be " + wanted
                                            + ", which wavegate.s2s.components.accept does not name"));
        }
        return talk.write(ComponentTalk.header("from", host.get(), id)).to(new AwaitingHandshake(host.get(), id));
    }

    private ComponentStep element(ComponentState state, XmlElement element) {
        if (ComponentTalk.isStreamError(element)) {
            String text = who(state) + " ended the stream: " + ComponentTalk.words(element);
            return new ComponentTalk()
                    .endOfStream()
                    .end(new StreamEnd(Reason.REMOTE_STREAM_ERROR, ComponentTalk.condition(element), text));
        } else if (state instanceof AwaitingHandshake awaiting) {
            return handshake(awaiting, element);
        } else if (state instanceof Established established) {
            return stanza(established, established.host(), element);
        } else if (state instanceof Closing closing && ComponentTalk.isStanza(element)) {
            return stanza(closing, closing.host(), element);
        }
        return new ComponentTalk()
                .effect(new ComponentEffect.Ignored("an element of " + who(state)))
                .to(state);
    }

    private ComponentStep handshake(AwaitingHandshake state, XmlElement element) {
        ComponentSecret secret = terms.secrets().get(state.host());
        boolean proved = element.is(Xmlns.SERVER, "handshake")
                && secret != null
                && secret.proves(state.streamId(), element.text());
        if (!proved) {
            return new ComponentTalk()
                    .fail(
                            StreamErrorCondition.NOT_AUTHORIZED,
                            "the handshake does not match the secret",
                            new StreamEnd(
                                    Reason.AUTHENTICATION_FAILED,
                                    "component " + state.host() + " does not know its secret; compare"
                                            + " wavegate.s2s.components.accept with its own configuration"));
        }
        return new ComponentTalk()
                .effect(new ComponentEffect.Claim(state.host()))
                .to(new Claiming(state.host()));
    }

    private ComponentStep claimed(String host, boolean free) {
        if (!free) {
            return new ComponentTalk()
                    .fail(
                            StreamErrorCondition.CONFLICT,
                            "this component is connected already",
                            new StreamEnd(
                                    Reason.POLICY_REFUSED,
                                    "component " + host + " connected a second time; stop one of the two"));
        }
        return new ComponentTalk()
                .deadline(Duration.ZERO)
                .write(XmlElement.builder(Xmlns.SERVER, "handshake").build())
                .effect(new ComponentEffect.Ready(host, terms.limits().elementBytes()))
                .to(new Established(host));
    }

    /** The sender must be under the component's own name (XEP-0114 section 4); both big servers close the stream too. */
    private ComponentStep stanza(ComponentState state, String host, XmlElement element) {
        if (!ComponentTalk.isStanza(element)) {
            return refuse(state, StreamErrorCondition.UNSUPPORTED_STANZA_TYPE, "not a stanza", Reason.PROTOCOL_ERROR);
        }
        Optional<String> from = element.attribute("from");
        if (from.isEmpty()) {
            return refuse(
                    state, StreamErrorCondition.IMPROPER_ADDRESSING, "a stanza needs a from", Reason.PROTOCOL_ERROR);
        }
        boolean own = from.get().equals(host)
                || from.flatMap(Jid::parse)
                        .filter(jid -> jid.domain().value().equals(host))
                        .isPresent();
        if (!own) {
            return refuse(
                    state,
                    StreamErrorCondition.INVALID_FROM,
                    "the sender of a stanza must be under " + host,
                    Reason.PROTOCOL_ERROR);
        }
        return new ComponentTalk().effect(new ComponentEffect.Deliver(element)).to(state);
    }

    private ComponentStep timedOut(ComponentState state) {
        if (state instanceof Closing closing) {
            return new ComponentTalk().end(closing.end());
        }
        return refuse(state, StreamErrorCondition.CONNECTION_TIMEOUT, "too slow", Reason.NEGOTIATION_TIMEOUT);
    }

    private ComponentStep close(ComponentState state, StreamEnd end) {
        if (state instanceof Closing) {
            return new ComponentStep(state, List.of());
        } else if (end.reason() == Reason.SHUTDOWN) {
            return opened(state).fail(StreamErrorCondition.SYSTEM_SHUTDOWN, "this server is going down", end);
        } else if (end.reason() == Reason.LIMIT_EXCEEDED) {
            return opened(state).fail(StreamErrorCondition.RESOURCE_CONSTRAINT, end.text(), end);
        } else if (state instanceof Established established) {
            return new ComponentTalk()
                    .endOfStream()
                    .deadline(terms.limits().closing())
                    .to(new Closing(established.host(), end));
        }
        return new ComponentTalk().end(end);
    }

    private ComponentStep disconnected(ComponentState state, String text) {
        if (state instanceof Closing closing) {
            return new ComponentTalk().end(closing.end());
        }
        return new ComponentTalk()
                .end(new StreamEnd(Reason.CONNECTION_LOST, "connection with " + who(state) + " lost: " + text));
    }

    private ComponentStep refuse(ComponentState state, StreamErrorCondition condition, String text, Reason reason) {
        return opened(state).fail(condition, text, new StreamEnd(reason, who(state) + ": " + text));
    }

    /** An error before our header needs one in front (RFC 6120 section 4.9.1.2). */
    private ComponentTalk opened(ComponentState state) {
        ComponentTalk talk = new ComponentTalk();
        return state instanceof AwaitingHeader
                ? talk.write(ComponentTalk.header("from", "", terms.streamIds().get()))
                : talk;
    }

    private static StreamEnd fault(String who, String text) {
        return new StreamEnd(Reason.PROTOCOL_ERROR, who + ": " + text);
    }

    private static String who(ComponentState state) {
        return state instanceof Established established
                ? "component " + established.host()
                : state instanceof AwaitingHandshake awaiting
                        ? "a component that wants to be " + awaiting.host()
                        : state instanceof Closing closing ? "component " + closing.host() : "a component";
    }
}
