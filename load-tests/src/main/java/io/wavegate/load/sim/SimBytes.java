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
import java.util.Set;

/** The streams of a run whose stanzas are bytes: the product's own machines on a simulated network with simulated DNS. */
final class SimBytes implements Between {
    private static final List<RealSettings> SETTINGS = RealSettings.all();
    private static final long TCP_PATIENCE_MICROS = 10_000_000;

    private final SimRun run;
    private final World world;
    private final Set<Flaw> flaws;
    private final RealSettings settings;
    private final ByteNetwork network;
    private final SimZones zones;
    private final Map<String, Boolean> trusted = new HashMap<>();
    private final Map<SimNode, Loop> loops = new HashMap<>();

    SimBytes(SimRun run, Set<Flaw> flaws) {
        this.run = run;
        this.world = run.world();
        this.flaws = flaws;
        settings = SETTINGS.get(world.chance(SETTINGS.size()));
        Loop between = NodeLoop.between(world);
        network = new ByteNetwork(
                between, this, what -> run.violated(Statement.DURABILITY, "?", what), TCP_PATIENCE_MICROS);
        zones = new SimZones(between);
        for (SimDomain domain : run.domains()) {
            zones.add(domain.name(), domain.nodes().size());
            trusted.put(domain.name(), world.chance(2) == 0);
        }
    }

    /** The edge of a node's new life. */
    S2sStreams start(SimNode node, Life life, StanzaReceiver receiver) {
        SimDomain domain = node.domain();
        Loop loop = NodeLoop.of(node, life);
        loops.put(node, loop);
        NodeStreams.Place place = new NodeStreams.Place(
                domain.name(),
                run.domains().indexOf(domain) + 1,
                node.index(),
                trusted.getOrDefault(domain.name(), false),
                loop,
                new WorldClock(world));
        return NodeStreams.start(place, network, zones, settings, flaws, receiver);
    }

    void died(SimNode node) {
        Loop loop = loops.remove(node);
        if (loop != null) {
            network.died(loop);
        }
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
