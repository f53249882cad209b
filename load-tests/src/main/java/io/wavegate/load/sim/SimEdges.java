package io.wavegate.load.sim;

import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.entity.EdgeCommand;
import io.wavegate.s2s.entity.EdgeDirectory;
import io.wavegate.s2s.entity.LinkCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What one life of a node knows of the edges of its domain's other nodes, and the way to and from them. Messages pass in order
 * between two nodes, late, or are lost; that somebody is gone is heard of reliably, and late too.
 */
final class SimEdges implements EdgeDirectory {
    private static final long LOOK_MICROS = 1_000_000;
    private static final long UNREACHABLE_MICROS = 3_000_000;
    private static final long GONE_MICROS = 6_000_000;

    private final SimNode node;
    private final Life life;
    private final FarRefs refs;
    private final EdgeBugs bugs;
    private final Map<SimEdges, Seen> others = new LinkedHashMap<>();
    private final Map<ActorRef<LinkCommand>, FarRefs.Far<LinkCommand>> farEntities = new HashMap<>();
    private final List<ActorRef<LinkCommand>> following = new ArrayList<>();
    private final List<ActorRef<EdgeCommand>> followingOthers = new ArrayList<>();
    private final Map<SimEdges, Way> ways = new HashMap<>();
    private final Map<SimEdges, Speakers> heardFrom = new LinkedHashMap<>();
    private List<ActorRef<EdgeCommand>> own = List.of();

    /** What is known of an edge. */
    private static final class Seen {
        final FarRefs.Far<EdgeCommand> edge;
        long troubleSince = Long.MAX_VALUE;
        boolean unreachable;
        boolean told;

        Seen(FarRefs.Far<EdgeCommand> edge) {
            this.edge = edge;
        }
    }

    /** Entities of another node that have spoken to an edge here. */
    private static final class Speakers {
        final Set<ActorRef<LinkCommand>> entities = new LinkedHashSet<>();
        long overSince = Long.MAX_VALUE;
    }

    /** What is on its way to another node, in order, also where that hangs in between. */
    private static final class Way {
        final Deque<Runnable> arrivals = new ArrayDeque<>();
        long last;
    }

    SimEdges(SimNode node, Life life) {
        this.node = node;
        this.life = life;
        refs = new FarRefs(node.slot());
        bugs = new EdgeBugs(node.world(), node.domain().bugs());
        look();
    }

    // ---- the directory

    @Override
    public void enter(ActorRef<EdgeCommand> edge) {
        own = List.of(edge);
    }

    @Override
    public void follow(ActorContext<LinkCommand> entity) {
        following.add(entity.getSelf());
        entity.getSelf().tell(listed());
    }

    @Override
    public void followOthers(ActorContext<EdgeCommand> edge) {
        followingOthers.add(edge.getSelf());
        edge.getSelf().tell(anyOthers());
    }

    private LinkCommand.Edges listed() {
        Set<ActorRef<EdgeCommand>> all = new LinkedHashSet<>();
        Set<ActorRef<EdgeCommand>> reachable = new LinkedHashSet<>();
        for (Seen seen : others.values()) {
            all.add(seen.edge.ref());
            if (!seen.unreachable) {
                reachable.add(seen.edge.ref());
            }
        }
        int expected = (int) node.domain().nodes().stream()
                .filter(other -> other.isEdge() && other.isRunning())
                .count();
        return new LinkCommand.Edges(all, reachable, expected);
    }

    private EdgeCommand.Others anyOthers() {
        return new EdgeCommand.Others(others.values().stream().anyMatch(seen -> !seen.unreachable));
    }

    // ---- who is there

    private void look() {
        World world = node.world();
        boolean changed = false;
        join();
        for (Iterator<Map.Entry<SimEdges, Seen>> all = others.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<SimEdges, Seen> entry = all.next();
            Seen seen = entry.getValue();
            if (isGone(entry.getKey(), seen)) {
                all.remove();
                seen.edge.stop();
                changed = true;
            } else {
                boolean unreachable = world.now() - UNREACHABLE_MICROS >= seen.troubleSince;
                // One that was heard before it was listed is news all the same.
                changed |= unreachable != seen.unreachable || !seen.told;
                seen.unreachable = unreachable;
                seen.told = true;
            }
        }
        heardFrom.entrySet().removeIf(entry -> areGone(entry.getKey(), entry.getValue()));
        if (changed) {
            following.forEach(entity -> entity.tell(listed()));
            followingOthers.forEach(edge -> edge.tell(anyOthers()));
        }
        world.after(world.between(LOOK_MICROS / 2, LOOK_MICROS), node.slot(), () -> {
            if (!life.isOver()) {
                look();
            }
        });
    }

    private void join() {
        for (SimNode other : node.domain().nodes()) {
            SimEdges there = other == node ? null : other.edges().orElse(null);
            if (there != null
                    && !there.own.isEmpty()
                    && !others.containsKey(there)
                    && node.domain().reaches(node, other)) {
                seen(there);
            }
        }
    }

    private Seen seen(SimEdges there) {
        return others.computeIfAbsent(
                there,
                missing -> new Seen(refs.make(
                        there.node.name().replace('/', '-'),
                        "edge" + there.life.number(),
                        (EdgeCommand command) -> send(there, (EdgeCommand.FromLink) command))));
    }

    private boolean isGone(SimEdges there, Seen seen) {
        long now = node.world().now();
        boolean over = there.life.isOver();
        boolean trouble = over || there.node.isPaused() || !node.domain().reaches(node, there.node);
        seen.troubleSince = trouble ? Math.min(seen.troubleSince, now) : Long.MAX_VALUE;
        return over && (now - seen.troubleSince >= GONE_MICROS || there.node.isRunning());
    }

    private boolean areGone(SimEdges there, Speakers speakers) {
        long now = node.world().now();
        speakers.overSince = there.life.isOver() ? Math.min(speakers.overSince, now) : Long.MAX_VALUE;
        boolean gone = there.life.isOver() && (now - speakers.overSince >= GONE_MICROS || there.node.isRunning());
        if (gone) {
            speakers.entities.forEach(this::gone);
        }
        return gone;
    }

    // ---- what passes

    private void send(SimEdges there, EdgeCommand.FromLink said) {
        bugs.changed(said)
                .forEach(changed -> pass(there, () -> {
                    FarRefs.Far<LinkCommand> entity = there.farEntity(this, said.entity());
                    there.own.forEach(edge -> edge.tell(new EdgeCommand.FromLink(
                            changed.link(), changed.incarnation(), entity.ref(), changed.message())));
                }));
        if (said.message() instanceof ToEdge.Release) {
            // The entity ends.
            following.remove(said.entity());
            passAtLast(there, () -> there.gone(said.entity()));
        }
    }

    private void gone(ActorRef<LinkCommand> entity) {
        FarRefs.Far<LinkCommand> far = farEntities.remove(entity);
        if (far != null) {
            far.stop();
        }
    }

    private FarRefs.Far<LinkCommand> farEntity(SimEdges there, ActorRef<LinkCommand> entity) {
        heardFrom.computeIfAbsent(there, first -> new Speakers()).entities.add(entity);
        return farEntities.computeIfAbsent(
                entity,
                missing -> refs.make(
                        there.node.name().replace('/', '-'),
                        "entity" + there.life.number(),
                        (LinkCommand command) -> answer(there, entity, command)));
    }

    private void answer(SimEdges there, ActorRef<LinkCommand> entity, LinkCommand command) {
        pass(there, () -> there.here(command).ifPresent(known -> entity.tell(there.bugs.changed(entity, known))));
    }

    /** What comes from an edge comes from its reference on this node; nothing if that edge is gone. */
    Optional<LinkCommand> here(LinkCommand command) {
        if (!(command instanceof LinkCommand.FromEdgeActor from) || own.contains(from.edge())) {
            return Optional.of(command);
        }
        for (SimNode other : node.domain().nodes()) {
            SimEdges there = other.edges().orElse(null);
            if (there != null && there.own.contains(from.edge())) {
                return Optional.of(
                        new LinkCommand.FromEdgeActor(seen(there).edge.ref(), from.message()));
            }
        }
        return Optional.empty();
    }

    private void pass(SimEdges there, Runnable arrival) {
        World world = node.world();
        if (life.isOver() || world.muted()) {
            return;
        }
        node.domain().delay(node, there.node).ifPresent(delay -> {
            Way way = ways.computeIfAbsent(there, first -> new Way());
            way.last = Math.max(world.now() + delay, way.last);
            way.arrivals.add(arrival);
            arrive(there, way.last - world.now(), () -> way.arrivals.remove().run());
        });
    }

    private void passAtLast(SimEdges there, Runnable arrival) {
        if (node.domain().reaches(node, there.node)) {
            arrive(there, node.world().between(LOOK_MICROS / 4, LOOK_MICROS), arrival);
        } else if (!life.isOver() && !there.life.isOver()) {
            node.world().after(LOOK_MICROS, () -> passAtLast(there, arrival));
        }
    }

    private static void arrive(SimEdges there, long delay, Runnable arrival) {
        there.node.world().after(delay, there.node.slot(), () -> {
            if (!there.life.isOver()) {
                arrival.run();
            }
        });
    }
}
