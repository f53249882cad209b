package io.wavegate.s2s.component;

import io.wavegate.s2s.component.ComponentState.AwaitingHandshake;
import io.wavegate.s2s.component.ComponentState.AwaitingHeader;
import io.wavegate.s2s.component.ComponentState.Closing;
import io.wavegate.s2s.component.ComponentState.Ended;
import io.wavegate.s2s.component.ComponentState.Established;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.Xmlns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The component's side of XEP-0114: ourselves, under one name, at another server. */
public final class ConnectingComponent implements ComponentMachine {
    private final String host;
    private final ComponentSecret secret;
    private final ComponentLimits limits;

    public ConnectingComponent(String host, ComponentSecret secret, ComponentLimits limits) {
        this.host = host;
        this.secret = secret;
        this.limits = limits;
    }

    @Override
    public ComponentStep start() {
        return new ComponentTalk()
                .deadline(limits.handshake())
                .write(ComponentTalk.header("to", host, ""))
                .to(new AwaitingHeader());
    }

    @Override
    public ComponentStep on(ComponentState state, ComponentInput input) {
        if (state instanceof Ended) {
            return new ComponentStep(state, List.of());
        } else if (input instanceof ComponentInput.Received received) {
            return received(state, received.event());
        } else if (input instanceof ComponentInput.TimedOut) {
            StreamEnd late = new StreamEnd(Reason.NEGOTIATION_TIMEOUT, "the server was too slow; " + nextStep());
            return new ComponentTalk().end(state instanceof Closing closing ? closing.end() : late);
        } else if (input instanceof ComponentInput.Close close) {
            return close(state, close.end());
        } else if (input instanceof ComponentInput.Disconnected gone) {
            StreamEnd lost = new StreamEnd(Reason.CONNECTION_LOST, "the server is gone: " + gone.text());
            return new ComponentTalk().end(state instanceof Closing closing ? closing.end() : lost);
        }
        return new ComponentStep(state, List.of());
    }

    private ComponentStep received(ComponentState state, XmlEvent event) {
        if (event instanceof XmlEvent.StreamOpened opened) {
            Optional<String> id = opened.header().id();
            if (id.isEmpty()) {
                return new ComponentTalk()
                        .endOfStream()
                        .end(new StreamEnd(Reason.PROTOCOL_ERROR, "the server's header has no id; " + nextStep()));
            }
            // The header of an error has an id too; what follows tells which it was.
            XmlElement handshake = XmlElement.builder(Xmlns.SERVER, "handshake")
                    .text(secret.handshake(id.get()))
                    .build();
            return new ComponentTalk().write(handshake).to(new AwaitingHandshake(host, id.get()));
        } else if (event instanceof XmlEvent.FirstLevel first) {
            return element(state, first.element());
        } else if (event instanceof XmlEvent.Violation violation) {
            return new ComponentTalk()
                    .fail(
                            violation.condition(),
                            violation.text(),
                            new StreamEnd(Reason.PROTOCOL_ERROR, "the server sent bad XML: " + violation.text()));
        } else if (state instanceof Closing closing) {
            return new ComponentTalk().end(closing.end());
        }
        return new ComponentTalk()
                .endOfStream()
                .end(new StreamEnd(Reason.CLOSED_BY_REMOTE, "the server closed the stream"));
    }

    private ComponentStep element(ComponentState state, XmlElement element) {
        if (ComponentTalk.isStreamError(element)) {
            return new ComponentTalk().endOfStream().end(refused(element));
        } else if (state instanceof AwaitingHandshake && element.is(Xmlns.SERVER, "handshake")) {
            return new ComponentTalk()
                    .deadline(Duration.ZERO)
                    .effect(new ComponentEffect.Ready(host, limits.elementBytes()))
                    .to(new Established(host));
        } else if ((state instanceof Established || state instanceof Closing) && ComponentTalk.isStanza(element)) {
            return new ComponentTalk()
                    .effect(new ComponentEffect.Deliver(element))
                    .to(state);
        }
        return new ComponentTalk()
                .effect(new ComponentEffect.Ignored("<" + element.name().local() + "> of the server"))
                .to(state);
    }

    private StreamEnd refused(XmlElement error) {
        StreamErrorCondition condition = ComponentTalk.condition(error);
        String text = "the server ended the stream: " + ComponentTalk.words(error);
        return switch (condition) {
            case NOT_AUTHORIZED ->
                new StreamEnd(
                        Reason.AUTHENTICATION_FAILED,
                        condition,
                        text + "; the secret of " + host + " differs from the server's");
            case HOST_UNKNOWN ->
                new StreamEnd(
                        Reason.POLICY_REFUSED,
                        condition,
                        text + "; configure the component " + host + " on the server");
            case CONFLICT ->
                new StreamEnd(Reason.POLICY_REFUSED, condition, text + "; another program is connected as " + host);
            default -> new StreamEnd(Reason.REMOTE_STREAM_ERROR, condition, text);
        };
    }

    private ComponentStep close(ComponentState state, StreamEnd end) {
        if (state instanceof Closing) {
            return new ComponentStep(state, List.of());
        }
        return new ComponentTalk().endOfStream().deadline(limits.closing()).to(new Closing(host, end));
    }

    private String nextStep() {
        return "see that wavegate.s2s.components.connect names the server's component port (XEP-0114)";
    }
}
