package io.wavegate.load.sim.stream;

import io.wavegate.s2s.wire.ConnectionLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A thread of a node for connections: what is given to it runs in order, also where the node hung in between. */
final class SimLoop implements ConnectionLoop {
    private static final long SLOWEST_MICROS = 20;

    private final Loop node;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean due;

    SimLoop(Loop node) {
        this.node = node;
    }

    @Override
    public long nanos() {
        return node.micros() * 1_000;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!due) {
            due = true;
            node.after(node.between(1, SLOWEST_MICROS), this::runTasks);
        }
    }

    private void runTasks() {
        due = false;
        for (int left = tasks.size(); left > 0; left--) {
            tasks.remove().run();
        }
    }

    /** Never too early, so that who looks at the clock then sees that it is time. */
    @Override
    public Future<?> schedule(Runnable task, long nanos) {
        CompletableFuture<Void> scheduled = new CompletableFuture<>();
        Loop.Timer timer = node.after((nanos + 999) / 1_000, () -> {
            if (scheduled.complete(null)) {
                task.run();
            }
        });
        scheduled.whenComplete((run, cancelled) -> timer.cancel());
        return scheduled;
    }
}
