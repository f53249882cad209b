package io.wavegate.s2s.reach;

import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.seat.Deliveries;
import io.wavegate.s2s.seat.Delivery;
import io.wavegate.s2s.seat.FromSeat;
import io.wavegate.s2s.seat.ToSeat;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings stanzas of this node to components that are connected to others, and knows where those are. */
final class ComponentCourier extends AbstractBehavior<CourierCommand> {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentCourier.class);

    private final Environment environment;
    private final TimerScheduler<CourierCommand> timers;
    private final ActorRef<CourierCommand> self;
    private final ActorRefResolver refs;
    private final Map<ActorRef<SeatCommand>, Route> routes = new HashMap<>();
    private final Map<SeatName, CourierCommand.Here> here = new HashMap<>();
    private final UnclaimedErrors unclaimed = new UnclaimedErrors();

    /**
     * What it needs of the node.
     *
     * @param names connections that there may be
     * @param elsewhere is kept to show which of them other nodes have
     * @param connected told the name under which we are connected as a component again, at any node
     * @param resendAfter after which something is said again
     */
    record Environment(
            Iterable<SeatName> names,
            Map<SeatName, RemoteComponent> elsewhere,
            Consumer<String> connected,
            Duration resendAfter) {}

    private record Route(
            SeatName name, RemoteComponent component, Deliveries<CompletableFuture<Delivery>> deliveries) {}

    static Behavior<CourierCommand> create(Environment environment) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ComponentCourier(context, timers, environment)));
    }

    private ComponentCourier(
            ActorContext<CourierCommand> context, TimerScheduler<CourierCommand> timers, Environment environment) {
        super(context);
        this.environment = environment;
        this.timers = timers;
        this.self = context.getSelf();
        this.refs = ActorRefResolver.get(context.getSystem());
        ActorRef<Receptionist.Listing> listings = context.messageAdapter(Receptionist.Listing.class, this::listing);
        environment
                .names()
                .forEach(name -> context.getSystem().receptionist().tell(Receptionist.subscribe(name.key(), listings)));
    }

    private CourierCommand listing(Receptionist.Listing listing) {
        for (SeatName name : environment.names()) {
            if (listing.isForKey(name.key())) {
                return new CourierCommand.Listed(
                        name, listing.getAllServiceInstances(name.key()), listing.getServiceInstances(name.key()));
            }
        }
        throw new IllegalStateException("Not asked for: " + listing.getKey());
    }

    @Override
    public Receive<CourierCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(CourierCommand.FromSeatActor.class, this::fromSeat)
                .onMessage(CourierCommand.Hand.class, this::hand)
                .onMessage(CourierCommand.Keep.class, this::keep)
                .onMessage(CourierCommand.Listed.class, this::listed)
                .onMessage(CourierCommand.Here.class, this::here)
                .onMessage(CourierCommand.Doubt.class, this::doubt)
                .onMessage(CourierCommand.SeatGone.class, this::seatGone)
                .onMessage(CourierCommand.Tick.class, tick -> tick())
                .build();
    }

    // ---- where components are

    private Behavior<CourierCommand> here(CourierCommand.Here mine) {
        here.put(mine.name(), mine);
        claim(mine.name(), mine.connection());
        getContext().watchWith(mine.seat(), new CourierCommand.SeatGone(mine.seat()));
        // The other's may have been listed before this one was known.
        Optional.ofNullable(environment.elsewhere().get(mine.name()))
                .ifPresent(other -> onlyOne(mine.name(), other.seat()));
        return this;
    }

    private Behavior<CourierCommand> listed(CourierCommand.Listed listed) {
        SeatName name = listed.name();
        Optional<ActorRef<SeatCommand>> other = listed.reachable().stream()
                .filter(seat -> !seat.path().address().hasLocalScope())
                .min(Comparator.comparing(refs::toSerializationFormat));
        RemoteComponent before = environment.elsewhere().get(name);
        if (other.isEmpty()) {
            environment.elsewhere().remove(name);
            return this;
        }
        RemoteComponent now = route(name, other.get()).component();
        environment.elsewhere().put(name, now);
        claim(name, now);
        if (name.kind() == SeatName.Kind.CONNECTED && now != before) {
            environment.connected().accept(name.host());
        }
        onlyOne(name, other.get());
        return this;
    }

    private Route route(SeatName name, ActorRef<SeatCommand> seat) {
        Route known = routes.get(seat);
        if (known != null) {
            return known;
        }
        getContext().watchWith(seat, new CourierCommand.SeatGone(seat));
        Route fresh = new Route(
                name,
                new RemoteComponent(name.host(), self, seat),
                new Deliveries<>(environment.resendAfter().toMillis()));
        routes.put(seat, fresh);
        return fresh;
    }

    /** Two nodes took a component on in the same moment, or could not see each other: both see that now, and one ends its. */
    private void onlyOne(SeatName name, ActorRef<SeatCommand> other) {
        CourierCommand.Here mine = here.get(name);
        if (mine == null
                || name.kind() != SeatName.Kind.ACCEPTED
                || refs.toSerializationFormat(mine.seat()).compareTo(refs.toSerializationFormat(other)) < 0) {
            return;
        }
        ComponentStream connection = mine.connection();
        connection.close(new StreamEnd(
                StreamEnd.Reason.POLICY_REFUSED,
                "component " + name.host() + " is connected to another node as well; stop one of the two"));
    }

    private Behavior<CourierCommand> doubt(CourierCommand.Doubt doubt) {
        doubt.seat().tell(new SeatCommand.FromNode(self, new ToSeat.Probe()));
        return this;
    }

    private Behavior<CourierCommand> seatGone(CourierCommand.SeatGone gone) {
        here.values().removeIf(mine -> mine.seat().equals(gone.seat()));
        Route route = routes.remove(gone.seat());
        if (route != null) {
            environment.elsewhere().remove(route.name(), route.component());
            route.component().gone();
            route.deliveries().gone().forEach(delivered -> delivered.complete(Delivery.GONE));
        }
        return this;
    }

    // ---- what goes there

    private Behavior<CourierCommand> hand(CourierCommand.Hand hand) {
        Route route = routes.get(hand.seat());
        if (route == null) {
            hand.delivered().complete(Delivery.GONE);
            return this;
        }
        tell(hand.seat(), route.deliveries().add(hand.delivered(), hand.bounded(), hand.stanzas(), now()));
        awaitTick();
        return this;
    }

    private void awaitTick() {
        if (!timers.isTimerActive(ComponentCourier.class)) {
            timers.startTimerWithFixedDelay(
                    ComponentCourier.class, new CourierCommand.Tick(), environment.resendAfter());
        }
    }

    private Behavior<CourierCommand> keep(CourierCommand.Keep errors) {
        if (unclaimed.keep(errors.name(), errors.errors(), now())) {
            // It may have become known since.
            Optional.ofNullable(here.get(errors.name())).ifPresent(mine -> claim(errors.name(), mine.connection()));
            Optional.ofNullable(environment.elsewhere().get(errors.name()))
                    .ifPresent(other -> claim(errors.name(), other));
            awaitTick();
        } else {
            lost(errors.errors().size());
        }
        return this;
    }

    private void claim(SeatName name, ComponentStream component) {
        List<XmlElement> errors = unclaimed.claim(name);
        if (!errors.isEmpty()) {
            component.send(errors);
        }
    }

    private static void lost(int errors) {
        LOG.info("{} errors for components were dropped: the components are connected to no node any more.", errors);
    }

    private Behavior<CourierCommand> fromSeat(CourierCommand.FromSeatActor from) {
        Route route = routes.get(from.seat());
        if (from.message() instanceof FromSeat.Unknown) {
            LOG.warn("A node with a component said something that this release does not know; it was dropped.");
        } else if (route != null && from.message() instanceof FromSeat.Progress progress) {
            route.deliveries().progress(progress, now()).forEach(outcome -> outcome.token()
                    .complete(outcome.delivery()));
        }
        return this;
    }

    private Behavior<CourierCommand> tick() {
        int expired = unclaimed.expire(now());
        if (expired > 0) {
            lost(expired);
        }
        boolean anything = !unclaimed.isEmpty();
        for (Map.Entry<ActorRef<SeatCommand>, Route> entry : routes.entrySet()) {
            Deliveries<CompletableFuture<Delivery>> deliveries =
                    entry.getValue().deliveries();
            deliveries.tick(now()).forEach(message -> tell(entry.getKey(), message));
            anything |= !deliveries.isEmpty();
        }
        if (!anything) {
            timers.cancel(ComponentCourier.class);
        }
        return this;
    }

    private void tell(ActorRef<SeatCommand> seat, ToSeat message) {
        seat.tell(new SeatCommand.FromNode(self, message));
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
