package io.wavegate.load.sim;

import io.wavegate.wavelet.trust.DeltaSigner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One domain: its nodes, the network between them, its store. */
final class SimDomain {
    private static final int SHARDS = 8;

    private final SimRun run;
    private final String name;
    private final DeltaSigner signer;
    private final SimStore store;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Set<Integer> cut = new HashSet<>();
    private int[] placed = new int[SHARDS];
    private long epoch;
    private int lossPerMille;
    private long slowestMicros = 400;

    SimDomain(SimRun run, String name, DeltaSigner signer) {
        this.run = run;
        this.name = name;
        this.signer = signer;
        this.store = new SimStore(run);
    }

    void add(Slot slot) {
        nodes.add(new SimNode(this, nodes.size(), slot, placed));
    }

    void start() {
        List<SimNode> able = nodes.stream().filter(SimNode::hasEntities).toList();
        for (int i = 0; i < SHARDS; i++) {
            placed[i] = able.get(run.world().chance(able.size())).index();
        }
        nodes.forEach(node -> node.learn(epoch, placed));
        nodes.forEach(SimNode::start);
    }

    /** Some shards move. Each node learns of it in its own time, so that for a while an entity may have two owners, or none. */
    void move(Set<Integer> away, long slowestMicros) {
        World world = run.world();
        List<Integer> able = new ArrayList<>();
        nodes.stream()
                .filter(node -> node.isRunning() && node.hasEntities() && !away.contains(node.index()))
                .forEach(node -> able.add(node.index()));
        if (able.isEmpty()) {
            return;
        }
        for (int i = 0; i < SHARDS; i++) {
            if (away.contains(placed[i]) || away.isEmpty() && world.chance(3) == 0) {
                placed[i] = able.get(world.chance(able.size()));
            }
        }
        world.trace().note(world, "shards of " + name + " move", away.size(), slowestMicros);
        int[] now = placed.clone();
        long since = ++epoch;
        for (SimNode node : nodes) {
            // Whoever is cut off from the others is not told; it learns when that is over.
            if (!cut.contains(node.index())) {
                world.after(world.between(0, slowestMicros), node.slot(), () -> node.learn(since, now));
            }
        }
    }

    /** All nodes believe the same from now on. */
    void agree() {
        nodes.stream().filter(SimNode::isRunning).forEach(node -> node.learn(epoch, placed));
    }

    /** This node and the others do not hear each other. */
    void cutOff(SimNode node, boolean now) {
        run.world().trace().note(run.world(), "cut off " + node.name(), now ? 1 : 0, 0);
        if (now) {
            cut.add(node.index());
            node.staysBehind();
        } else {
            cut.remove(node.index());
            node.learn(epoch, placed);
        }
    }

    void disturb(int loss, long slowest) {
        lossPerMille = loss;
        slowestMicros = slowest;
    }

    /** Sends from node to node. */
    void inside(SimNode from, SimNode to, Runnable arrival) {
        if (!reaches(from, to) || run.world().perMille(lossPerMille)) {
            return;
        }
        Life at = to.life().orElse(null);
        if (at != null) {
            run.world().after(run.world().between(50, slowestMicros), to.slot(), () -> {
                if (!at.isOver()) {
                    arrival.run();
                }
            });
        }
    }

    /** Whether what one node sends comes to another one, if it is not lost. */
    boolean reaches(SimNode from, SimNode to) {
        return cut.contains(from.index()) == cut.contains(to.index());
    }

    /** How many microseconds something takes from node to node; empty if it is lost. */
    Optional<Long> delay(SimNode from, SimNode to) {
        boolean lost = !reaches(from, to) || run.world().perMille(lossPerMille);
        return lost ? Optional.empty() : Optional.of(run.world().between(50, slowestMicros));
    }

    /** An answer goes back to a node, from whichever runs now. */
    void back(SimNode to, Runnable arrival) {
        Slot from = run.world().running();
        for (SimNode node : nodes) {
            if (node.slot() == from && node != to) {
                inside(node, to, arrival);
                return;
            }
        }
        run.world().after(1, to.slot(), arrival);
    }

    SimNode node(int index) {
        return nodes.get(index);
    }

    List<SimNode> nodes() {
        return nodes;
    }

    SimStore store() {
        return store;
    }

    Bugs bugs() {
        return run.bugs();
    }

    SimRun run() {
        return run;
    }

    String name() {
        return name;
    }

    DeltaSigner signer() {
        return signer;
    }
}
