package io.wavegate.s2s.entity;

import io.wavegate.s2s.component.Bounces;
import io.wavegate.s2s.component.ComponentReceiver;
import io.wavegate.s2s.component.ComponentRoute;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.jid.Jid;
import io.wavegate.s2s.link.RelayOutcome;
import io.wavegate.s2s.link.RelayPing;
import io.wavegate.s2s.reach.ClusterComponents;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StanzaReceiver.Reception;
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
    private static final Reception DEALT_WITH = new Reception(DONE, DONE);

    /** Longer than a link takes to give up (its wait-timeout); only a link that moves between nodes does not answer. */
    private static final Duration LINK_GIVES_UP = Duration.ofSeconds(90);

    private final LinkRefs links;
    private final LocalNames names;
    private final StanzaReceiver ours;
    private final ComponentsSettings settings;
    private final ClusterComponents components;
    private final ActorRef<RelayOutcome> nobody;
    private final Consumer<String> wake;

    /**
     * @param ours takes what is for our own names
     * @param components where they are
     * @param nobody takes no notice
     * @param wake told the name under which we are connected as a component again
     */
    ComponentRouter(
            LinkRefs links,
            LocalNames names,
            StanzaReceiver ours,
            ComponentsSettings settings,
            ClusterComponents components,
            ActorRef<RelayOutcome> nobody,
            Consumer<String> wake) {
        this.links = links;
        this.names = names;
        this.ours = ours;
        this.settings = settings;
        this.components = components;
        this.nobody = nobody;
        this.wake = wake;
    }

    @Override
    public Reception fromComponent(String host, List<XmlElement> stanzas) {
        return inRuns(
                stanzas,
                stanza -> ComponentRoute.of(stanza, settings.accept().keySet(), name -> names.domainOf(name)
                        .isPresent()),
                (route, run) -> pass(host, route, run));
    }

    private Reception pass(String host, ComponentRoute route, List<XmlElement> stanzas) {
        if (route instanceof ComponentRoute.ToDomain to) {
            return taken(relay(new DomainPair(host, to.domain()), stanzas));
        } else if (route instanceof ComponentRoute.ToUs to) {
            return ours.receive(new DomainPair(to.name(), host), stanzas);
        } else if (route instanceof ComponentRoute.ToComponent to) {
            return taken(deliver(to.host(), stanzas, errors -> tell(host, errors)));
        }
        ComponentRoute.Nowhere nowhere = (ComponentRoute.Nowhere) route;
        tell(host, Bounces.of(stanzas, nowhere.condition(), nowhere.text()));
        return DEALT_WITH;
    }

    private static Reception taken(CompletionStage<Void> done) {
        return new Reception(done, done);
    }

    private CompletionStage<Void> relay(DomainPair link, List<XmlElement> stanzas) {
        long bytes = XmlSize.of(stanzas);
        return links.<RelayOutcome>ask(link, replyTo -> new LinkCommand.Relay(stanzas, bytes, replyTo), LINK_GIVES_UP)
                .exceptionally(failure -> RelayOutcome.failed(
                        ErrorCondition.REMOTE_SERVER_TIMEOUT,
                        "The link to " + link.remote() + " gave no answer; it may be moving between nodes."))
                .thenAccept(outcome -> outcome.error().ifPresent(error -> refuse(link, stanzas, error)));
    }

    /** Tells the component, wherever it is connected. */
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
                links.tell(pair, new LinkCommand.Relay(errors, XmlSize.of(errors), nobody));
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
        Optional<ComponentStream> component = components.accepted(host);
        if (component.isEmpty()) {
            // Others wait and try again, as with a Prosody whose component is away.
            bounce.accept(Bounces.of(stanzas, ErrorCondition.REMOTE_SERVER_TIMEOUT, "The component is not connected."));
            return DONE;
        }
        List<List<XmlElement>> parts = component.get().parts(stanzas);
        return CompletableFuture.allOf(parts.stream()
                .map(part -> offer(component.get(), part, bounce).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletionStage<Void> offer(
            ComponentStream component, List<XmlElement> stanzas, Consumer<List<XmlElement>> bounce) {
        return component.offer(stanzas, settings.queueBytes()).handle((taken, failure) -> {
            if (failure != null) {
                bounce.accept(Bounces.of(
                        stanzas,
                        ErrorCondition.REMOTE_SERVER_TIMEOUT,
                        "The component went away while this was being delivered; it may have arrived."));
            } else if (!taken) {
                bounce.accept(Bounces.of(
                        stanzas, ErrorCondition.RESOURCE_CONSTRAINT, "The component does not keep up. Send it later."));
            }
            return null;
        });
    }

    private void tell(String host, List<XmlElement> errors) {
        if (!errors.isEmpty()) {
            components.tell(host, errors);
        }
    }

    @Override
    public Reception fromServer(String host, List<XmlElement> stanzas) {
        return inRuns(stanzas, stanza -> sender(host, stanza), (sender, run) -> {
            if (sender.isEmpty()) {
                log.warn(
                        "{} stanzas from the server of component {} were dropped: they are not for it, or from nobody",
                        run.size(),
                        host);
                return DEALT_WITH;
            }
            return ours.receive(new DomainPair(host, sender.get()), run);
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
    public boolean mayConnect(String host) {
        return components.mayConnect(host);
    }

    @Override
    public void accepted(ComponentStream connection) {
        components.accepted(connection);
    }

    @Override
    public void connected(ComponentStream connection) {
        components.connected(connection);
        wake.accept(connection.host());
    }

    /** Stanzas in a row that go the same way go together, so order is kept and a batch stays a batch. */
    private static <R> Reception inRuns(List<XmlElement> stanzas, Function<XmlElement, R> routeOf, Run<R> pass) {
        List<Reception> under = new ArrayList<>(1);
        int begin = 0;
        R route = routeOf.apply(stanzas.get(0));
        for (int i = 1; i <= stanzas.size(); i++) {
            R next = i < stanzas.size() ? routeOf.apply(stanzas.get(i)) : null;
            if (!route.equals(next)) {
                under.add(pass.pass(route, stanzas.subList(begin, i)));
                begin = i;
                route = next == null ? route : next;
            }
        }
        return under.size() == 1
                ? under.get(0)
                : new Reception(all(under, Reception::takenOver), all(under, Reception::handled));
    }

    private static CompletableFuture<Void> all(
            List<Reception> receptions, Function<Reception, CompletionStage<Void>> which) {
        return CompletableFuture.allOf(receptions.stream()
                .map(one -> which.apply(one).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Passes stanzas on that have one route. */
    @FunctionalInterface
    private interface Run<R> {
        Reception pass(R route, List<XmlElement> stanzas);
    }
}
