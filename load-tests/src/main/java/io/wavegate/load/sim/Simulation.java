package io.wavegate.load.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.wavegate.load.sim.stream.Flaw;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/** Runs worlds one after the other on one thread; each is decided by its seed alone. Close it to stop its actor systems. */
public final class Simulation implements AutoCloseable {
    private final Slots slots = new Slots();
    private final SimKeys keys = new SimKeys();
    private final List<SimSettings> settings = SimSettings.all();
    private UnaryOperator<SimPlan> planned = plan -> plan;
    private SimPlan.Edges edges = SimPlan.Edges.OWN;

    /** The product's log is of no use where faults are made on purpose. */
    public static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            // A level of its own, as the product's loggers have, would outdo the root's.
            context.getLoggerList().forEach(logger -> logger.setLevel(Level.OFF));
        }
    }

    void plan(UnaryOperator<SimPlan> change) {
        planned = change;
    }

    /** Whose sockets links use in runs from now on: without this those of their own node. */
    void edges(SimPlan.Edges which) {
        edges = which;
    }

    /** One run as the product is. */
    public SimResult run(long seed) {
        return run(seed, Set.of(), false);
    }

    /**
     * One run.
     *
     * @param bugs to be made
     * @param shown whether what happens is printed
     */
    public SimResult run(long seed, Set<Bug> bugs, boolean shown) {
        return run(seed, bugs, StreamChoice.CHEAP, shown);
    }

    /** One run on the product's own stream machines, with these deliberate bugs in the simulation and around the machines. */
    public SimResult runOnBytes(long seed, Set<Bug> bugs, Set<Flaw> flaws, boolean shown) {
        return run(seed, bugs, StreamChoice.withFlaws(flaws), shown);
    }

    private SimResult run(long seed, Set<Bug> bugs, StreamChoice streams, boolean shown) {
        SimPlan plan = planned.apply(SimPlan.of(seed, settings.size()).withEdges(edges));
        Trace trace = new Trace(shown);
        return new SimRun(seed, plan, keys, settings.get(plan.variant()), new Bugs(bugs), streams, trace).run(slots);
    }

    @Override
    public void close() {
        slots.close();
    }
}
