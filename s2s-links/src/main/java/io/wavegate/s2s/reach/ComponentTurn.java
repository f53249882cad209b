package io.wavegate.s2s.reach;

import io.wavegate.s2s.component.ComponentConnections;
import io.wavegate.s2s.seat.DialEffort;
import io.wavegate.s2s.seat.DialTurn;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in {@link DialTurn} for one edge of a cluster: the receptionist says who can connect and who does. */
final class ComponentTurn extends AbstractBehavior<TurnCommand> {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentTurn.class);
    private static final String EDGE = "edge";
    private static final int LOOKS = 5;
    private static final ServiceKey<TurnCommand> CANDIDATES =
            ServiceKey.create(TurnCommand.class, "wavegate-component-candidates");
    private static final ServiceKey<TurnCommand> HOLDERS =
            ServiceKey.create(TurnCommand.class, "wavegate-component-holders");

    private final ComponentConnections connections;
    private final Set<String> hosts;
    private final DialEffort effort;
    private final ActorRef<TurnCommand> self;
    private Set<ActorRef<TurnCommand>> candidates = Set.of();
    private Set<ActorRef<TurnCommand>> holders = Set.of();
    private boolean settled;
    private boolean holding;
    private boolean ending;
    private boolean leaving;

    /**
     * @param hosts the names under which it is to be connected
     * @param passAfter how long it tries before another node may
     * @param settle after which time the lists of the receptionist are believed as they are
     */
    static Behavior<TurnCommand> create(
            ComponentConnections connections, Set<String> hosts, Duration passAfter, Duration settle) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new TurnCommand.Settled(), settle);
            timers.startTimerWithFixedDelay(new TurnCommand.Tick(), passAfter.dividedBy(LOOKS));
            return new ComponentTurn(context, connections, hosts, new DialEffort(passAfter.toMillis()));
        }));
    }

    private ComponentTurn(
            ActorContext<TurnCommand> context, ComponentConnections connections, Set<String> hosts, DialEffort effort) {
        super(context);
        this.connections = connections;
        this.hosts = hosts;
        this.effort = effort;
        this.self = context.getSelf();
        ActorRef<Receptionist.Listing> listings =
                context.messageAdapter(Receptionist.Listing.class, ComponentTurn::listed);
        tellReceptionist(Receptionist.subscribe(CANDIDATES, listings));
        tellReceptionist(Receptionist.subscribe(HOLDERS, listings));
        tellReceptionist(Receptionist.register(CANDIDATES, self));
    }

    /** With those that cannot be reached: they may be connected still. */
    private static TurnCommand listed(Receptionist.Listing listing) {
        return listing.isForKey(CANDIDATES)
                ? new TurnCommand.Candidates(listing.getAllServiceInstances(CANDIDATES))
                : new TurnCommand.Holders(listing.getAllServiceInstances(HOLDERS));
    }

    private void tellReceptionist(Receptionist.Command command) {
        getContext().getSystem().receptionist().tell(command);
    }

    @Override
    public Receive<TurnCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(TurnCommand.Candidates.class, listed -> {
                    candidates = listed.all();
                    return look();
                })
                .onMessage(TurnCommand.Holders.class, listed -> {
                    holders = listed.all();
                    return look();
                })
                .onMessage(TurnCommand.Settled.class, now -> {
                    settled = true;
                    return look();
                })
                .onMessage(TurnCommand.Tick.class, tick -> look())
                .onMessage(TurnCommand.Leave.class, this::leave)
                .onMessage(TurnCommand.HungUp.class, this::hungUp)
                .build();
    }

    private Behavior<TurnCommand> look() {
        if (leaving || ending) {
            return this;
        }
        Set<ActorRef<TurnCommand>> holdersAndWe = new HashSet<>(holders);
        if (holding) {
            holdersAndWe.add(self);
        } else {
            holdersAndWe.remove(self);
        }
        switch (DialTurn.next(self, effort(), byAge(candidates), byAge(holdersAndWe), isComplete())) {
            case BEGIN -> {
                holding = true;
                effort.begun(millis());
                tellReceptionist(Receptionist.register(HOLDERS, self));
                connections.dial();
            }
            case END -> {
                LOG.info("an older node is connected as a component too; this one ends its connections");
                hangUp(new CompletableFuture<>());
            }
            case PASS -> {
                LOG.warn(
                        "this node has not been connected to any server of wavegate.s2s.components.connect for long and"
                                + " leaves it to another edge. The log above says what is in the way here.");
                effort.rest(candidates.size(), millis());
                tellReceptionist(Receptionist.deregister(CANDIDATES, self));
                hangUp(new CompletableFuture<>());
            }
            case RETURN -> {
                effort.returned();
                tellReceptionist(Receptionist.register(CANDIDATES, self));
            }
            case STAY -> {}
        }
        return this;
    }

    private DialEffort.State effort() {
        boolean connected =
                hosts.stream().anyMatch(host -> connections.connected(host).isPresent());
        return effort.state(connected, millis());
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    private boolean isComplete() {
        return settled || candidates.size() >= expected();
    }

    private void hangUp(CompletableFuture<Void> then) {
        ending = true;
        connections.hangUp().whenComplete((done, failure) -> self.tell(new TurnCommand.HungUp(then)));
    }

    private Behavior<TurnCommand> hungUp(TurnCommand.HungUp done) {
        holding = false;
        ending = false;
        effort.ended();
        tellReceptionist(Receptionist.deregister(HOLDERS, self));
        done.then().complete(null);
        return look();
    }

    private Behavior<TurnCommand> leave(TurnCommand.Leave leave) {
        leaving = true;
        tellReceptionist(Receptionist.deregister(CANDIDATES, self));
        if (holding) {
            hangUp(leave.left());
        } else {
            leave.left().complete(null);
        }
        return this;
    }

    /** How many there should be, so that a list which has not come together yet is not believed at once. */
    private int expected() {
        int edges = 0;
        for (Member member : Cluster.get(getContext().getSystem()).state().getMembers()) {
            edges += member.hasRole(EDGE) && member.status().equals(MemberStatus.up()) ? 1 : 0;
        }
        return edges;
    }

    /** Nodes that are no members any more are gone, whatever the list says. */
    private List<ActorRef<TurnCommand>> byAge(Set<ActorRef<TurnCommand>> nodes) {
        Cluster cluster = Cluster.get(getContext().getSystem());
        Map<Address, Member> members = new HashMap<>();
        cluster.state().getMembers().forEach(member -> members.put(member.address(), member));
        members.put(cluster.selfMember().address(), cluster.selfMember());
        return nodes.stream()
                .flatMap(node -> Optional.ofNullable(members.get(address(node, cluster))).stream()
                        .map(member -> new Aged(node, member)))
                .sorted((one, other) -> one.compare(other))
                .map(Aged::node)
                .toList();
    }

    private record Aged(ActorRef<TurnCommand> node, Member member) {
        int compare(Aged other) {
            return member.equals(other.member) ? 0 : member.isOlderThan(other.member) ? -1 : 1;
        }
    }

    private static Address address(ActorRef<?> node, Cluster cluster) {
        Address address = node.path().address();
        return address.hasLocalScope() ? cluster.selfMember().address() : address;
    }
}
