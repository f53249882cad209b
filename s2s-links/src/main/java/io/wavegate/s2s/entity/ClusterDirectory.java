package io.wavegate.s2s.entity;

import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.reach.ClusterComponents;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * The receptionist of a cluster. It hears of edges by gossip, so on a node that has just joined its list may be short; the
 * cluster's members say how many there should be.
 */
final class ClusterDirectory implements EdgeDirectory {
    /** Nodes that own sockets; see {@code wavegate.cluster.roles}. */
    static final String ROLE = "edge";

    private static final ServiceKey<EdgeCommand> KEY = ServiceKey.create(EdgeCommand.class, "wavegate-edge");

    private final ActorSystem<?> system;

    ClusterDirectory(ActorSystem<?> system) {
        this.system = system;
    }

    @Override
    public void enter(ActorRef<EdgeCommand> edge) {
        system.receptionist().tell(Receptionist.register(KEY, edge));
    }

    @Override
    public void follow(ActorContext<LinkCommand> entity) {
        ActorRef<Receptionist.Listing> adapter = entity.messageAdapter(Receptionist.Listing.class, this::edges);
        system.receptionist().tell(Receptionist.subscribe(KEY, adapter));
    }

    @Override
    public void followOthers(ActorContext<EdgeCommand> edge) {
        ActorRef<Receptionist.Listing> adapter = edge.messageAdapter(
                Receptionist.Listing.class,
                listing -> new EdgeCommand.Others(
                        listing.getServiceInstances(KEY).stream().anyMatch(other -> !other.equals(edge.getSelf()))));
        system.receptionist().tell(Receptionist.subscribe(KEY, adapter));
    }

    @Override
    public ClusterComponents components(ComponentsSettings settings, EdgeSettings edges, Consumer<String> connected) {
        return ClusterComponents.start(
                system,
                settings,
                connected,
                edges.resendAfter(),
                Duration.ofMillis(edges.link().findMillis()));
    }

    private LinkCommand edges(Receptionist.Listing listing) {
        Set<ActorRef<EdgeCommand>> all = listing.getAllServiceInstances(KEY);
        return new LinkCommand.Edges(all, listing.getServiceInstances(KEY), expected());
    }

    private int expected() {
        Iterable<Member> members = Cluster.get(system).state().getMembers();
        return (int) StreamSupport.stream(members.spliterator(), false)
                .filter(member -> member.hasRole(ROLE) && member.status().equals(MemberStatus.up()))
                .count();
    }
}
