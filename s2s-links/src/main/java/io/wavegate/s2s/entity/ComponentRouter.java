package io.wavegate.s2s.entity;

import io.wavegate.s2s.component.Bounces;
import io.wavegate.s2s.component.ComponentConnections;
import io.wavegate.s2s.component.ComponentReceiver;
import io.wavegate.s2s.component.ComponentRoute;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.jid.Jid;
import io.wavegate.s2s.link.RelayOutcome;
import io.wavegate.s2s.link.RelayPing;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes stanzas from components to where they belong, and others' stanzas to components. Each is handed on or its sender gets
 * an error; the only ones that vanish are those to which no error may be sent.
 */
final class ComponentRouter implements ComponentReceiver {
    private static final Logger log = LoggerFactory.getLogger(ComponentRouter.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** Longer than a link takes to give up (its wait-timeout); only a link that moves between nodes does not answer. */
    private static final Duration LINK_GIVES_UP = Duration.ofSeconds(90);

    private final LinkRefs links;
    private final LocalNames names;
    private final StanzaReceiver ours;
    private final ComponentsSettings settings;
    private final CompletableFuture<ComponentConnections> connections;
    private final ActorRef<RelayOutcome> nobody;
    private final Consumer<String> wake;

    /**
     * @param ours takes what is for our own names
     * @param connections completes when there are any
     * @param nobody takes no notice
     * @param wake told the name under which we are connected as a component again
     */
    ComponentRouter(
            LinkRefs links,
            LocalNames names,
            StanzaReceiver ours,
            ComponentsSettings settings,
            CompletableFuture<ComponentConnections> connections,
            ActorRef<RelayOutcome> nobody,
            Consumer<String> wake) {
        this.links = links;
        this.names = names;
        this.ours = ours;
        this.settings = settings;
        this.connections = connections;
        this.nobody = nobody;
        this.wake = wake;
    }

    @Override
    public CompletionStage<Void> fromComponent(String host, List<XmlElement> stanzas) {
        return inRuns(
                stanzas,
                stanza -> ComponentRoute.of(stanza, settings.accept().keySet(), name -> names.domainOf(name)
                        .isPresent()),
                (route, run) -> pass(host, route, run));
    }

    private CompletionStage<Void> pass(String host, ComponentRoute route, List<XmlElement> stanzas) {
        if (route instanceof ComponentRoute.ToDomain to) {
            return relay(new DomainPair(host, to.domain()), stanzas);
        } else if (route instanceof ComponentRoute.ToUs to) {
            return ours.received(new DomainPair(to.name(), host), stanzas);
        } else if (route instanceof ComponentRoute.ToComponent to) {
            return deliver(to.host(), stanzas, errors -> tell(host, errors));
        }
        ComponentRoute.Nowhere nowhere = (ComponentRoute.Nowhere) route;
        tell(host, Bounces.of(stanzas, nowhere.condition(), nowhere.text()));
        return DONE;
    }

    private CompletionStage<Void> relay(DomainPair link, List<XmlElement> stanzas) {
        long bytes = size(stanzas);
        return links.<RelayOutcome>ask(link, replyTo -> new LinkCommand.Relay(stanzas, bytes, replyTo), LINK_GIVES_UP)
                .exceptionally(failure -> RelayOutcome.failed(
                        ErrorCondition.REMOTE_SERVER_TIMEOUT,
                        "The link to " + link.remote() + " gave no answer; it may be moving between nodes."))
                .thenAccept(outcome -> outcome.error().ifPresent(error -> refuse(link, stanzas, error)));
    }

    /** Tells the component, if it is connected to this node. */
    void refuse(DomainPair link, List<XmlElement> stanzas, StanzaError error) {
        log.debug("{} stanzas of {} to {}: {}", stanzas.size(), link.local(), link.remote(), error.summary());
        tell(link.local(), Bounces.of(stanzas, error.condition(), error.text()));
    }

    /** Another domain opened a stream on which the component's stanzas may go back. */
    void wayBack(DomainPair pair) {
        links.tell(pair, new LinkCommand.WayBack(pair));
    }

    /** Stanzas of another domain for a component. */
    CompletionStage<Void> fromDomain(DomainPair pair, List<XmlElement> all) {
        List<XmlElement> stanzas = withoutSignsOfLife(pair, all);
        if (stanzas.isEmpty()) {
            return DONE;
        }
        return deliver(pair.local(), stanzas, errors -> {
            if (!errors.isEmpty()) {
                links.tell(pair, new LinkCommand.Relay(errors, size(errors), nobody));
            }
        });
    }

    /** Answers to what the link asked in the component's name go to the link; the component knows nothing of them. */
    private List<XmlElement> withoutSignsOfLife(DomainPair pair, List<XmlElement> stanzas) {
        if (stanzas.stream().noneMatch(RelayPing::isAnswer)) {
            return stanzas;
        }
        List<XmlElement> rest = new ArrayList<>();
        for (XmlElement stanza : stanzas) {
            if (RelayPing.isAnswer(stanza)) {
                links.tell(pair, new LinkCommand.Answer(stanza.attribute("id").orElse(""), stanza));
            } else {
                rest.add(stanza);
            }
        }
        return rest;
    }

    private CompletionStage<Void> deliver(String host, List<XmlElement> stanzas, Consumer<List<XmlElement>> bounce) {
        Optional<ComponentStream> component = accepted(host);
        if (component.isEmpty()) {
            // Others wait and try again, as with a Prosody whose component is away.
            bounce.accept(Bounces.of(stanzas, ErrorCondition.REMOTE_SERVER_TIMEOUT, "The component is not connected."));
            return DONE;
        }
        long room = settings.queueBytes() - component.get().waiting();
        if (room < settings.queueBytes() && room < size(stanzas)) {
            bounce.accept(Bounces.of(
                    stanzas, ErrorCondition.RESOURCE_CONSTRAINT, "The component does not keep up. Send it later."));
            return DONE;
        }
        return component.get().send(stanzas).exceptionally(failure -> {
            bounce.accept(Bounces.of(
                    stanzas,
                    ErrorCondition.REMOTE_SERVER_TIMEOUT,
                    "The component went away while this was being delivered; it may have arrived."));
            return null;
        });
    }

    /** Errors for a component; if it is gone, nobody is left to be told. */
    private void tell(String host, List<XmlElement> errors) {
        if (!errors.isEmpty()) {
            accepted(host).ifPresent(component -> component.send(errors));
        }
    }

    private Optional<ComponentStream> accepted(String host) {
        return connections.isDone() ? connections.join().accepted(host) : Optional.empty();
    }

    @Override
    public CompletionStage<Void> fromServer(String host, List<XmlElement> stanzas) {
        return inRuns(stanzas, stanza -> sender(host, stanza), (sender, run) -> {
            if (sender.isEmpty()) {
                log.warn(
                        "{} stanzas from the server of component {} were dropped: they are not for it, or from nobody",
                        run.size(),
                        host);
                return DONE;
            }
            return ours.received(new DomainPair(host, sender.get()), run);
        });
    }

    /** The sender's domain, which the server has authenticated for us; empty if the stanza is not for us. */
    private static Optional<String> sender(String host, XmlElement stanza) {
        Optional<String> to = domain(stanza, "to");
        return domain(stanza, "from").filter(from -> to.filter(host::equals).isPresent());
    }

    private static Optional<String> domain(XmlElement stanza, String attribute) {
        return stanza.attribute(attribute).flatMap(Jid::parse).map(jid -> jid.domain()
                .value());
    }

    @Override
    public void connected(String host) {
        wake.accept(host);
    }

    /** Stanzas in a row that go the same way go together, so order is kept and a batch stays a batch. */
    private static <R> CompletionStage<Void> inRuns(
            List<XmlElement> stanzas, Function<XmlElement, R> routeOf, Run<R> pass) {
        List<CompletableFuture<Void>> under = new ArrayList<>(1);
        int begin = 0;
        R route = routeOf.apply(stanzas.get(0));
        for (int i = 1; i <= stanzas.size(); i++) {
            R next = i < stanzas.size() ? routeOf.apply(stanzas.get(i)) : null;
            if (!route.equals(next)) {
                under.add(pass.pass(route, stanzas.subList(begin, i)).toCompletableFuture());
                begin = i;
                route = next == null ? route : next;
            }
        }
        return under.size() == 1 ? under.get(0) : CompletableFuture.allOf(under.toArray(CompletableFuture<?>[]::new));
    }

    /** Passes stanzas on that have one route. */
    @FunctionalInterface
    private interface Run<R> {
        CompletionStage<Void> pass(R route, List<XmlElement> stanzas);
    }

    private static long size(List<XmlElement> stanzas) {
        long size = 0;
        for (XmlElement stanza : stanzas) {
            size += XmlSize.of(stanza);
        }
        return size;
    }
}
