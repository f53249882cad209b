package io.wavegate.load.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes faults as the plan's weather is, and ends them all. */
final class Troubles {
    private final SimRun run;
    private final World world;
    private final Set<SimDomain> leaving = new HashSet<>();
    private boolean over;

    Troubles(SimRun run) {
        this.run = run;
        this.world = run.world();
    }

    void begin() {
        switch (run.plan().weather()) {
            case HAND_OVER -> every(10_000_000, 16_000_000, this::handOver);
            case NODES -> every(400_000, 4_000_000, this::node);
            case STORE -> {
                every(400_000, 4_000_000, this::store);
                every(2_000_000, 9_000_000, this::node);
            }
            case NETWORK -> {
                every(400_000, 4_000_000, this::network);
                every(3_000_000, 12_000_000, this::node);
            }
            case ALL -> {
                every(600_000, 4_000_000, this::node);
                every(900_000, 6_000_000, this::store);
                every(900_000, 6_000_000, this::network);
            }
        }
    }

    private void every(long least, long most, Runnable trouble) {
        world.after(world.between(least, most), () -> {
            if (!over) {
                trouble.run();
                every(least, most, trouble);
            }
        });
    }

    private SimDomain domain() {
        List<SimDomain> all = run.domains();
        return all.get(world.chance(all.size()));
    }

    private SimNode anyNode() {
        SimDomain domain = domain();
        return domain.node(world.chance(domain.nodes().size()));
    }

    // Messages are lost only while shards move, and moves are farther apart than a sender waits.
    private void handOver() {
        SimDomain domain = domain();
        domain.disturb(300, 3_000);
        domain.move(Set.of(), 300_000);
        world.after(400_000, () -> domain.disturb(0, 400));
    }

    private void node() {
        SimNode node = anyNode();
        SimDomain domain = node.domain();
        switch (world.chance(run.plan().edges() == SimPlan.Edges.SHARED ? 8 : 7)) {
            case 7 -> leave(node);
            case 0, 1 -> {
                node.crash();
                world.after(world.between(100_000, 2_000_000), () -> domain.move(Set.of(node.index()), 2_000_000));
                world.after(world.between(200_000, 8_000_000), () -> restart(node));
            }
            case 2 -> {
                node.pause();
                world.after(world.between(500_000, 4_000_000), () -> domain.move(Set.of(node.index()), 1_000_000));
                world.after(world.between(100_000, 12_000_000), node::resume);
            }
            case 3 -> {
                domain.cutOff(node, true);
                world.after(world.between(500_000, 4_000_000), () -> domain.move(Set.of(node.index()), 1_000_000));
                world.after(world.between(500_000, 12_000_000), () -> domain.cutOff(node, false));
            }
            case 4 -> {
                node.cutOffFromStore(true);
                world.after(world.between(200_000, 5_000_000), () -> node.cutOffFromStore(false));
            }
            case 5 -> domain.move(Set.of(), world.between(1_000, 6_000_000));
            default -> {
                domain.disturb(world.chance(80), world.between(400, 500_000));
                world.after(world.between(200_000, 5_000_000), () -> domain.disturb(0, 400));
            }
        }
    }

    /** One at a time, as operators do, who wait for each. */
    private void leave(SimNode node) {
        if (node.isRunning() && leaving.add(node.domain())) {
            node.leave();
            world.after(10_000_000, () -> {
                leaving.remove(node.domain());
                if (!over) {
                    node.crash();
                    node.domain().move(Set.of(node.index()), 1_000_000);
                    world.after(world.between(100_000, 3_000_000), () -> restart(node));
                }
            });
        }
    }

    private void restart(SimNode node) {
        if (!over && !node.isRunning()) {
            node.start();
            world.after(world.between(10_000, 3_000_000), () -> node.domain().move(Set.of(), 1_000_000));
        }
    }

    private void store() {
        SimStore store = domain().store();
        StoreFaults faults =
                switch (world.chance(6)) {
                    case 0 -> new StoreFaults(300, 0, 0, 0, 0);
                    case 1 -> new StoreFaults(0, 200, 0, 0, 0);
                    case 2 -> new StoreFaults(0, 0, 200, 0, 0);
                    case 3 -> new StoreFaults(0, 0, 0, 150, 0);
                    case 4 -> new StoreFaults(0, 0, 0, 0, 200);
                    default -> new StoreFaults(80, 50, 60, 40, 60);
                };
        store.faults(faults);
        world.after(world.between(200_000, 6_000_000), () -> store.faults(StoreFaults.NONE));
    }

    private void network() {
        SimInternet internet = run.internet();
        switch (world.chance(3)) {
            case 0 -> {
                internet.faults(new SimInternet.Faults(
                        world.chance(150), world.chance(150), world.chance(100), world.between(1_000, 2_000_000)));
                world.after(world.between(500_000, 8_000_000), () -> internet.faults(SimInternet.Faults.NONE));
            }
            default -> {
                SimDomain one = domain();
                SimDomain other = domain();
                internet.cut(one.name(), other.name(), true);
                world.after(world.between(200_000, 25_000_000), () -> internet.cut(one.name(), other.name(), false));
            }
        }
    }

    /** The last edits are made, in a way in which nothing that comes later makes up for what is forgotten of them. */
    void lastEdits() {
        over = true;
        if (run.plan().end() == SimPlan.End.STRICKEN) {
            lastEditsOfTheStricken();
        } else {
            lastEditsApart();
        }
    }

    /**
     * The last edits are made while domains do not reach each other; then all nodes start again, and nobody of the hosts asks
     * for anything any more: what is behind has to go on by itself.
     */
    private void lastEditsApart() {
        if (run.plan().end() == SimPlan.End.SILENT) {
            // Long enough for hosts to note what each domain has.
            run.internet().mend();
            run.onlyHostsEdit();
            world.runUntil(world.now() + 10_000_000);
        }
        for (SimDomain one : run.domains()) {
            one.store().faults(StoreFaults.NONE);
            run.domains().forEach(other -> run.internet().cut(one.name(), other.name(), true));
        }
        world.runUntil(world.now() + 5_000_000);
        run.moreEdits(30);
        world.runUntil(world.now() + 8_000_000);
        run.goHome();
        run.domains().forEach(domain -> domain.nodes().forEach(SimNode::crash));
    }

    /**
     * All is well but for one domain: it is reached, and can keep nothing of what it is told, until its nodes die. Whoever
     * takes for told what it has received tells it no more.
     */
    private void lastEditsOfTheStricken() {
        heal();
        run.onlyHostsEdit();
        world.runUntil(world.now() + 10_000_000);
        SimDomain stricken = domain();
        world.trace().note(world, "the store fails of " + stricken.name(), 0, 0);
        stricken.store().faults(StoreFaults.OUT);
        run.moreEdits(30);
        world.runUntil(world.now() + world.between(1_000_000, 6_000_000));
        stricken.nodes().forEach(SimNode::crash);
    }

    /** No more faults, after a last one perhaps: everything runs, and everybody agrees. */
    void end() {
        over = true;
        run.internet().bytes().filter(bytes -> world.chance(2) == 0).ifPresent(SimBytes::forgetSome);
        heal();
    }

    private void heal() {
        run.internet().mend();
        for (SimDomain domain : run.domains()) {
            domain.disturb(0, 400);
            domain.store().faults(StoreFaults.NONE);
            for (SimNode node : domain.nodes()) {
                node.cutOffFromStore(false);
                domain.cutOff(node, false);
                node.resume();
                if (!node.isRunning()) {
                    node.start();
                }
            }
            domain.agree();
        }
    }
}
