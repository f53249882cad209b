package io.wavegate.load.sim;

import io.wavegate.persistence.journal.StreamId;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.entity.EdgeDirectory;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.entity.LocalDomain;
import io.wavegate.wavelet.entity.Surroundings;
import io.wavegate.wavelet.entity.WaveletShards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One node of a domain: runs, hangs, dies and starts again. */
final class SimNode {
    private final SimDomain domain;
    private final int index;
    private final Slot slot;
    private int[] view;
    private long known;
    private int lives;
    private @Nullable Running running;
    private boolean cutOffFromStore;
    private boolean learnsNoMore;
    private final Map<StreamId, Long> staleHeads = new HashMap<>();

    /** What a node is while it runs. */
    private record Running(
            Life life,
            NodePlacement placement,
            S2sLinks links,
            Wavelets wavelets,
            StanzaReceiver receiver,
            Optional<SimEdges> edges) {}

    SimNode(SimDomain domain, int index, Slot slot, int[] view) {
        this.domain = domain;
        this.index = index;
        this.slot = slot;
        this.view = view;
    }

    void start() {
        World world = domain.run().world();
        Life life = new Life(++lives);
        world.trace().note(world, "start " + name(), lives, 0);
        NodePlacement placement = new NodePlacement(this, life);
        NodeJournal journal = new NodeJournal(this, life);
        ToldWavelets told = new ToldWavelets(this, life);
        Optional<SimEdges> edges =
                edgesAre(SimPlan.Edges.OWN) ? Optional.empty() : Optional.of(new SimEdges(this, life));
        S2sLinks links = S2sLinks.start(
                slot.typed(),
                domain.run().settings().links(),
                Set.of(domain.name()),
                ComponentsSettings.NONE,
                journal,
                () -> told,
                new io.wavegate.s2s.entity.Surroundings(
                        placement,
                        world::millis,
                        new Random(world.between(0, Long.MAX_VALUE - 1)),
                        edges.map(EdgeDirectory.class::cast).orElseGet(EdgeDirectory::alone),
                        hasEntities()));
        Wavelets wavelets = WaveletShards.start(
                slot.typed(),
                domain.run().settings().wavelets(),
                journal,
                List.of(new LocalDomain(domain.name(), domain.signer())),
                domain.run().keys()::trust,
                () -> new ToldRemotes(this, links.remoteDomains()),
                new Surroundings(placement, Optional.of(slot), slot, world::millis));
        told.of(wavelets);
        StanzaReceiver[] receiver = new StanzaReceiver[1];
        Function<StanzaReceiver, S2sStreams> streams = given -> {
            receiver[0] = given;
            return new SimEdge(this, life, given);
        };
        if (isEdge()) {
            links.open(streams);
        } else {
            links.openWithoutEdge(streams);
        }
        running = new Running(life, placement, links, wavelets, receiver[0], edges);
    }

    /** Its sockets are used no more by the links of all nodes; then it stops, and starts again. */
    void leave() {
        if (running != null) {
            world().trace().note(world(), "leave " + name(), lives, 0);
            running.links().leave();
        }
    }

    /** Dies without a word. */
    void crash() {
        Running was = running;
        if (was == null) {
            return;
        }
        learnsNoMore = false;
        staleHeads.clear();
        world().trace().note(world(), "crash " + name(), lives, 0);
        running = null;
        was.life().end();
        slot.unpause();
        was.placement().end();
        world().takeApart(slot);
        domain.store().died(this);
        domain.run().internet().died(this);
    }

    /** SIGSTOP. */
    void pause() {
        if (running != null && !slot.isPaused()) {
            world().trace().note(world(), "pause " + name(), lives, 0);
            slot.pause();
            staysBehind();
        }
    }

    /** SIGCONT. */
    void resume() {
        if (slot.isPaused()) {
            world().trace().note(world(), "resume " + name(), lives, 0);
            slot.resume();
        }
    }

    /** Other nodes do not hear it any more, nor it them. */
    void staysBehind() {
        if (domain.bugs().has(Bug.STALE_OWNER) && !learnsNoMore) {
            learnsNoMore = true;
            domain.run()
                    .wavelets()
                    .forEach(wavelet ->
                            staleHeads.put(Histories.stream(domain, wavelet), Histories.head(domain, wavelet)));
        }
    }

    /** The head that this node sees although the store has another, which is a bug. */
    Optional<Long> staleHead(StreamId stream) {
        return Optional.ofNullable(staleHeads.get(stream));
    }

    void cutOffFromStore(boolean cut) {
        world().trace().note(world(), "store cut " + name(), cut ? 1 : 0, 0);
        cutOffFromStore = cut;
    }

    boolean isCutOffFromStore() {
        return cutOffFromStore;
    }

    boolean isRunning() {
        return running != null;
    }

    boolean isPaused() {
        return slot.isPaused();
    }

    /** The face of its wavelets, while it runs. */
    Optional<Wavelets> wavelets() {
        return Optional.ofNullable(running).map(Running::wavelets);
    }

    /** What it knows of the edges of others, while it runs and there are any. */
    Optional<SimEdges> edges() {
        return Optional.ofNullable(running).flatMap(Running::edges);
    }

    /** Whether it has sockets. */
    boolean isEdge() {
        return index == 0 || !edgesAre(SimPlan.Edges.APART);
    }

    /** Whether wavelets and links live on it. */
    boolean hasEntities() {
        return index != 0 || !edgesAre(SimPlan.Edges.APART);
    }

    private boolean edgesAre(SimPlan.Edges edges) {
        return domain.run().plan().edges() == edges;
    }

    Optional<StanzaReceiver> receiver() {
        return Optional.ofNullable(running).map(Running::receiver);
    }

    Optional<Life> life() {
        return Optional.ofNullable(running).map(Running::life);
    }

    void arrive(String kind, String id, Object message, int hops) {
        if (running != null) {
            running.placement().arrive(kind, id, message, hops);
        }
    }

    /** Who runs an entity, as this node believes. */
    int ownerOf(String id) {
        return view[shard(id)];
    }

    private int shard(String id) {
        return Math.floorMod(id.hashCode(), view.length);
    }

    /** Learns where shards live now; what it is not to run any more is handed over. */
    void learn(long epoch, int[] placed) {
        if (learnsNoMore || epoch < known) {
            return;
        }
        known = epoch;
        int[] before = view;
        view = placed.clone();
        if (running != null) {
            running.placement().handOver(id -> before[shard(id)] == index && view[shard(id)] != index);
        }
    }

    SimDomain domain() {
        return domain;
    }

    World world() {
        return domain.run().world();
    }

    int index() {
        return index;
    }

    Slot slot() {
        return slot;
    }

    String name() {
        return domain.name() + "/" + index;
    }
}
