package io.wavegate.load.sim;

import io.wavegate.load.sim.stream.Flaw;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load-tests/simulate}: runs seeds, says which fail, and shows one. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs the deterministic simulation of several domains. Exits with 1 if a seed fails.")
public final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--seeds", paramLabel = "N", description = "how many seeds to run (default: ${DEFAULT-VALUE})")
    long seeds = 100;

    @Option(names = "--minutes", paramLabel = "M", description = "run for so long instead")
    @Nullable Long minutes;

    @Option(names = "--from", paramLabel = "SEED", description = "the first seed (default: ${DEFAULT-VALUE})")
    long from = 1;

    @Option(names = "--seed", paramLabel = "SEED", description = "run this one seed only")
    @Nullable Long seed;

    @Option(names = "--trace", description = "with --seed: print what happens")
    boolean trace;

    @Option(names = "--bug", paramLabel = "BUG", description = "make this bug: ${COMPLETION-CANDIDATES}")
    @Nullable Bug bug;

    @Option(names = "--streams", description = "run all on the product's own stream machines, whatever the seeds say")
    boolean streams;

    @Option(
            names = "--flaw",
            paramLabel = "FLAW",
            description = "with --streams: make this bug around them: ${COMPLETION-CANDIDATES}")
    @Nullable Flaw flaw;

    @Option(
            names = "--edges",
            paramLabel = "EDGES",
            description = "whose sockets links use where there are several nodes: ${COMPLETION-CANDIDATES}")
    SimPlan.Edges edges = SimPlan.Edges.OWN;

    @Option(names = "--every", paramLabel = "N", description = "run every Nth of the seeds only: those that it divides")
    long every = 1;

    @Option(names = "--threads", paramLabel = "T", description = "seeds run at the same time (default: the cores)")
    int threads = Runtime.getRuntime().availableProcessors();

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimulateCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        Simulation.quiet();
        return seed != null ? one(seed) : many();
    }

    private int one(long which) {
        try (Simulation simulation = new Simulation()) {
            SimResult result = run(simulation, which, trace);
            tell(result);
            return result.isGood() ? 0 : 1;
        }
    }

    private SimResult run(Simulation simulation, long which, boolean shown) {
        Set<Bug> bugs = bug == null ? Set.of() : Set.of(bug);
        simulation.edges(edges);
        Set<Flaw> flaws = flaw == null ? Set.of() : Set.of(flaw);
        return streams ? simulation.runOnBytes(which, bugs, flaws, shown) : simulation.run(which, bugs, shown);
    }

    private int many() {
        long began = System.nanoTime();
        long end = minutes == null ? Long.MAX_VALUE : began + TimeUnit.MINUTES.toNanos(minutes);
        long first = (from + every - 1) / every;
        long last = minutes == null ? (from + seeds - 1) / every : Long.MAX_VALUE;
        Seeds all = new Seeds(first, (simulation, which) -> run(simulation, which * every, false));
        AtomicLong begun = new AtomicLong(first);
        all.run(threads, () -> System.nanoTime() < end && begun.getAndIncrement() <= last, result -> {
            if (!result.isGood()) {
                tell(result);
            } else if (all.runs() % 100 == 0) {
                System.out.printf(
                        "%d seeds, %d edits, %d failed%n",
                        all.runs(), all.edits(), all.failed().size());
            }
        });
        System.out.printf(
                "%d seeds, %d edits in %d deltas, %d observations, %d seeds failed, %d s%n",
                all.runs(),
                all.edits(),
                all.deltas(),
                all.observations(),
                all.failed().size(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        return all.failed().isEmpty() ? 0 : 1;
    }

    private void tell(SimResult result) {
        System.out.printf(
                "seed %d: %s, %d edits in %d deltas, %d observations, %d events, %d virtual ms, digest %016x%n  %s%n",
                result.seed(),
                result.isGood() ? "good" : "FAILED",
                result.edits(),
                result.deltas(),
                result.observations(),
                result.events(),
                result.virtualMillis(),
                result.digest(),
                result.plan());
        result.violations().stream().limit(10).forEach(violation -> System.out.println("  " + violation));
        if (!result.isGood()) {
            System.out.printf("  replay: load-tests/simulate --seed %d%s --trace%n", result.seed(), same());
        }
    }

    // The options that make a seed the same run again.
    private String same() {
        return (bug == null ? "" : " --bug " + bug)
                + (streams ? " --streams" : "")
                + (edges == SimPlan.Edges.OWN ? "" : " --edges " + edges)
                + (flaw == null ? "" : " --flaw " + flaw);
    }
}
