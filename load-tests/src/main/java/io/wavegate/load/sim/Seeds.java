package io.wavegate.load.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs many seeds, a few at a time: each on one thread with worlds of its own, so that they do not know of each other. */
public final class Seeds {
    /** Nodes that die leave something behind in the actor systems that they ran in, which outlive many runs. */
    private static final int RENEWED_AFTER = 100;

    private final Way way;
    private final AtomicLong next;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong edits = new AtomicLong();
    private final AtomicLong deltas = new AtomicLong();
    private final AtomicLong observations = new AtomicLong();
    private final List<SimResult> failed = new ArrayList<>();

    /** How one seed is run: with which bugs, on which streams. */
    @FunctionalInterface
    public interface Way {
        /** Runs it. */
        SimResult run(Simulation simulation, long seed);
    }

    /**
     * Seeds to be run.
     *
     * @param first they go up from it
     * @param way how each is run
     */
    public Seeds(long first, Way way) {
        this.next = new AtomicLong(first);
        this.way = way;
    }

    /**
     * Runs seeds one after the other on each of some threads.
     *
     * @param goOn asked before each
     * @param each told of each run, by one thread at a time
     */
    public void run(int threads, BooleanSupplier goOn, Consumer<SimResult> each) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(workers.submit(() -> work(goOn, each)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a run ended in another way than it should", e.getCause());
        } finally {
            workers.shutdown();
            awaitEnd(workers);
        }
    }

    private static void awaitEnd(ExecutorService workers) {
        try {
            workers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(BooleanSupplier goOn, Consumer<SimResult> each) {
        boolean more = goOn.getAsBoolean();
        while (more) {
            try (Simulation simulation = new Simulation()) {
                for (int i = 0; more && i < RENEWED_AFTER; i++) {
                    took(way.run(simulation, next.getAndIncrement()), each);
                    more = goOn.getAsBoolean();
                }
            }
        }
    }

    private synchronized void took(SimResult result, Consumer<SimResult> each) {
        runs.incrementAndGet();
        edits.addAndGet(result.edits());
        deltas.addAndGet(result.deltas());
        observations.addAndGet(result.observations());
        if (!result.isGood()) {
            failed.add(result);
        }
        each.accept(result);
    }

    /** How many runs there were. */
    public long runs() {
        return runs.get();
    }

    /** How many edits were acknowledged. */
    public long edits() {
        return edits.get();
    }

    /** How many deltas became durable. */
    public long deltas() {
        return deltas.get();
    }

    /** How much the checker saw. */
    public long observations() {
        return observations.get();
    }

    /** Those in which something was found. */
    public synchronized List<SimResult> failed() {
        return List.copyOf(failed);
    }
}
