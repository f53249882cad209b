package io.wavegate.load.sim;

import io.wavegate.load.check.Statement;
import io.wavegate.load.sim.stream.Between;
import io.wavegate.load.sim.stream.ByteNetwork;
import io.wavegate.load.sim.stream.Flaw;
import io.wavegate.load.sim.stream.Loop;
import io.wavegate.load.sim.stream.NodeStreams;
import io.wavegate.load.sim.stream.RealSettings;
import io.wavegate.load.sim.stream.SimZones;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The streams of a run whose stanzas are bytes: the product's own machines on a simulated network with simulated DNS. */
final class SimBytes implements Between {
    private static final List<RealSettings> SETTINGS = RealSettings.all();

    private final SimRun run;
    private final World world;
    private final Set<Flaw> flaws;
    private final ByteNetwork network;
    private final SimZones zones;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<SimNode, Loop> loops = new HashMap<>();

    /** What a domain's nodes are like. */
    private record Kind(RealSettings settings, boolean trusted, boolean impatient) {}

    SimBytes(SimRun run, Set<Flaw> flaws) {
        this.run = run;
        this.world = run.world();
        this.flaws = flaws;
        Loop between = NodeLoop.between(world);
        network = new ByteNetwork(between, this, what -> run.violated(Statement.DURABILITY, "?", what));
        zones = new SimZones(between);
        for (SimDomain domain : run.domains()) {
            zones.add(domain.name(), domain.nodes().size());
            boolean trusted = world.chance(2) == 0;
            boolean impatient = world.chance(3) == 0;
            kinds.put(domain.name(), new Kind(SETTINGS.get(world.chance(SETTINGS.size())), trusted, impatient));
        }
    }

    /** The edge of a node's new life. */
    S2sStreams start(SimNode node, Life life, StanzaReceiver receiver) {
        SimDomain domain = node.domain();
        Kind kind = Objects.requireNonNull(kinds.get(domain.name()));
        Loop loop = NodeLoop.of(node, life);
        loops.put(node, loop);
        NodeStreams.Place place = new NodeStreams.Place(
                domain.name(),
                run.domains().indexOf(domain) + 1,
                node.index(),
                kind.trusted(),
                loop,
                new WorldClock(world),
                kind.impatient());
        return NodeStreams.start(place, network, zones, kind.settings(), flaws, receiver);
    }

    void died(SimNode node) {
        Loop loop = loops.remove(node);
        if (loop != null) {
            network.died(loop);
        }
    }

    void forgetSome() {
        network.forgetSome();
    }

    /** Connections with nobody at the other end, which our timers are to notice. */
    List<String> alone() {
        return network.alone();
    }

    @Override
    public boolean isCut(String one, String other) {
        return run.internet().isCut(one, other);
    }

    // TCP loses and doubles nothing: what would be lost is a connection that falls silent.
    @Override
    public Faults faults() {
        SimInternet.Faults faults = run.internet().faults();
        return new Faults(faults.broken() / 3, faults.lost() / 12, 2 * faults.lost(), faults.slowestMicros());
    }
}
