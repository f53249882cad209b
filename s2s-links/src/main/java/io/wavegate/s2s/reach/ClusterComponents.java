package io.wavegate.s2s.reach;

import io.wavegate.s2s.component.ComponentConnections;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;

/**
 * The components of a cluster as one of its nodes reaches them: those that are connected to it, and those of other nodes by way
 * of these. Safe for use by many threads.
 */
public final class ClusterComponents implements ComponentConnections {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final ComponentsSettings settings;
    private final Map<SeatName, RemoteComponent> elsewhere = new ConcurrentHashMap<>();
    private final CompletableFuture<ActorRef<TurnCommand>> turn = new CompletableFuture<>();
    private final @Nullable Members members;
    private volatile @Nullable ComponentConnections here;

    private record Members(ActorSystem<?> system, ActorRef<CourierCommand> courier, Duration settle) {}

    private ClusterComponents(ComponentsSettings settings) {
        this.settings = settings;
        this.members = null;
    }

    private ClusterComponents(
            ActorSystem<?> system,
            ComponentsSettings settings,
            Consumer<String> connected,
            Duration resendAfter,
            Duration settle) {
        this.settings = settings;
        ComponentCourier.Environment environment =
                new ComponentCourier.Environment(names(settings), elsewhere, connected, resendAfter);
        ActorRef<CourierCommand> courier =
                system.systemActorOf(ComponentCourier.create(environment), name("courier"), Props.empty());
        this.members = new Members(system, courier, settle);
    }

    /** For a node that knows of no others. */
    public static ClusterComponents alone(ComponentsSettings settings) {
        return new ClusterComponents(settings);
    }

    /**
     * For a member of a cluster.
     *
     * @param connected told the name under which another node is connected as a component again
     * @param resendAfter after which something is said again to another node
     * @param settle how long other nodes have to be heard of before this one takes itself for the only one
     */
    public static ClusterComponents start(
            ActorSystem<?> system,
            ComponentsSettings settings,
            Consumer<String> connected,
            Duration resendAfter,
            Duration settle) {
        return settings.isOff()
                ? alone(settings)
                : new ClusterComponents(system, settings, connected, resendAfter, settle);
    }

    private static List<SeatName> names(ComponentsSettings settings) {
        List<SeatName> names = new ArrayList<>();
        settings.accept().keySet().forEach(host -> names.add(new SeatName(SeatName.Kind.ACCEPTED, host)));
        settings.connect().keySet().forEach(host -> names.add(new SeatName(SeatName.Kind.CONNECTED, host)));
        return List.copyOf(names);
    }

    private static String name(String what) {
        return "wavegate-component-" + what + "-" + NUMBERS.incrementAndGet();
    }

    /** The connections of this node are there. */
    public void open(ComponentConnections connections) {
        here = connections;
        Members cluster = members;
        if (cluster == null) {
            connections.dial();
        } else if (!settings.connect().isEmpty()) {
            turn.complete(cluster.system()
                    .systemActorOf(
                            ComponentTurn.create(
                                    connections, settings.connect().keySet(), settings.passAfter(), cluster.settle()),
                            name("turn"),
                            Props.empty()));
        }
    }

    /** A component has connected to this node. */
    public void accepted(ComponentStream connection) {
        seat(new SeatName(SeatName.Kind.ACCEPTED, connection.host()), connection);
    }

    /** This node has connected as a component. */
    public void connected(ComponentStream connection) {
        seat(new SeatName(SeatName.Kind.CONNECTED, connection.host()), connection);
    }

    private void seat(SeatName name, ComponentStream connection) {
        Members cluster = members;
        if (cluster != null) {
            ActorRef<SeatCommand> seat = cluster.system()
                    .systemActorOf(
                            ComponentSeat.create(name, connection, settings.queueBytes()), name("seat"), Props.empty());
            cluster.courier().tell(new CourierCommand.Here(name, seat, connection));
        }
    }

    /** Whether no other node has the component; if one has, it looks whether the connection lives. */
    public boolean mayConnect(String host) {
        Optional<RemoteComponent> other = elsewhere(SeatName.Kind.ACCEPTED, host);
        other.ifPresent(RemoteComponent::probe);
        return other.isEmpty();
    }

    /** Errors for a component, wherever it is; if it is connected nowhere in the next seconds, nobody is left to be told. */
    public void tell(String host, List<XmlElement> errors) {
        Members cluster = members;
        Optional<ComponentStream> component = accepted(host);
        if (component.isPresent()) {
            component.get().send(errors);
        } else if (cluster != null) {
            cluster.courier().tell(new CourierCommand.Keep(new SeatName(SeatName.Kind.ACCEPTED, host), errors));
        }
    }

    private Optional<RemoteComponent> elsewhere(SeatName.Kind kind, String host) {
        return Optional.ofNullable(elsewhere.get(new SeatName(kind, host)));
    }

    @Override
    public Optional<ComponentStream> accepted(String host) {
        ComponentConnections local = here;
        Optional<ComponentStream> found = local == null ? Optional.empty() : local.accepted(host);
        return found.isPresent()
                ? found
                : elsewhere(SeatName.Kind.ACCEPTED, host).map(other -> other);
    }

    @Override
    public Optional<ComponentStream> connected(String host) {
        ComponentConnections local = here;
        Optional<ComponentStream> found = local == null ? Optional.empty() : local.connected(host);
        return found.isPresent()
                ? found
                : elsewhere(SeatName.Kind.CONNECTED, host).map(other -> other);
    }

    @Override
    public String whyNotConnected(String host) {
        ComponentConnections local = here;
        return local == null ? "this node is no edge" : local.whyNotConnected(host);
    }

    @Override
    public void dial() {
        ComponentConnections local = here;
        if (local != null) {
            local.dial();
        }
    }

    @Override
    public CompletionStage<Void> hangUp() {
        ComponentConnections local = here;
        return local == null ? CompletableFuture.completedFuture(null) : local.hangUp();
    }

    /** Another node connects in the place of this one; then the components of this node are sent away. */
    @Override
    public CompletionStage<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        if (turn.isDone()) {
            turn.join().tell(new TurnCommand.Leave(left));
        } else {
            left.complete(null);
        }
        ComponentConnections local = here;
        return local == null ? left : left.thenCompose(handedOver -> local.leave());
    }

    @Override
    public void close() {
        ComponentConnections local = here;
        if (local != null) {
            local.close();
        }
    }
}
