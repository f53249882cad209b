package io.wavegate.load.sim;

import io.wavegate.s2s.edge.FromEdge;
import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.entity.EdgeCommand;
import io.wavegate.s2s.entity.LinkCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** A bug between the entities of links and edges on other nodes, made by changing what passes. */
final class EdgeBugs {
    private static final int REPLAYED_ONE_OF = 10;

    private final World world;
    private final Bugs bugs;
    private final Map<Sender, Long> replays = new HashMap<>();

    private record Sender(ActorRef<LinkCommand> entity, long stream) {}

    EdgeBugs(World world, Bugs bugs) {
        this.world = world;
        this.bugs = bugs;
    }

    /** What an edge is told of what an entity says. */
    List<EdgeCommand.FromLink> changed(EdgeCommand.FromLink said) {
        if (!bugs.has(Bug.REPLAY_WRITTEN) || !(said.message() instanceof ToEdge.Send send)) {
            return List.of(said);
        }
        Sender sender = new Sender(said.entity(), send.stream());
        long before = replays.getOrDefault(sender, 0L);
        EdgeCommand.FromLink once = numbered(said, send, before);
        if (world.chance(REPLAYED_ONE_OF) != 0) {
            return List.of(once);
        }
        replays.put(sender, before + 1);
        return List.of(once, numbered(said, send, before + 1));
    }

    private static EdgeCommand.FromLink numbered(EdgeCommand.FromLink said, ToEdge.Send send, long more) {
        ToEdge.Send other = new ToEdge.Send(send.stream(), send.batch() + more, send.stanzas());
        return new EdgeCommand.FromLink(said.link(), said.incarnation(), said.entity(), other);
    }

    /** What arrives at an entity of what an edge says. */
    LinkCommand changed(ActorRef<LinkCommand> entity, LinkCommand command) {
        if (!bugs.has(Bug.REPLAY_WRITTEN)
                || !(command instanceof LinkCommand.FromEdgeActor from)
                || !(from.message() instanceof FromEdge.Written written)) {
            return command;
        }
        long more = replays.getOrDefault(new Sender(entity, written.stream()), 0L);
        return new LinkCommand.FromEdgeActor(
                from.edge(), new FromEdge.Written(written.stream(), written.batch() - more, written.unsent()));
    }
}
