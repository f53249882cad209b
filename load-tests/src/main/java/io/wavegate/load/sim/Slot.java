package io.wavegate.load.sim;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated node runs on: an actor system whose threads and timers are events of the world. Used again by one run
 * after the other, since starting an actor system takes longer than a run.
 */
final class Slot extends AbstractExecutorService implements AutoCloseable {
    private static final Config CONFIG = ConfigFactory.parseString(
            """
            pekko {
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              jvm-shutdown-hooks = off
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
              coordinated-shutdown.run-by-actor-system-terminate = off
              actor.provider = local
              scheduler.implementation = "io.wavegate.load.sim.SlotScheduler"
              actor.default-dispatcher {
                type = Dispatcher
                executor = "io.wavegate.load.sim.SlotExecutor"
                throughput = 1
              }
              actor.internal-dispatcher {
                type = Dispatcher
                executor = "io.wavegate.load.sim.SlotExecutor"
                throughput = 1
              }
            }
            """);

    private final String name;
    private final ExecutorService before = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "slot-outside-of-runs");
        thread.setDaemon(true);
        return thread;
    });
    private final ActorSystem system;
    private List<World.Event> backlog = new ArrayList<>();
    private volatile @Nullable World world;
    private boolean paused;

    private Slot(String name) {
        this.name = name;
        Slots.register(name, this);
        Config config = ConfigFactory.parseString("wavegate-simulation.slot = \"" + name + "\"")
                .withFallback(CONFIG)
                .withFallback(ConfigFactory.load())
                .resolve();
        this.system = ActorSystem.create("sim-" + name, config);
    }

    static Slot start(String name) {
        Slot slot = new Slot(name);
        slot.settle();
        return slot;
    }

    // The system's own actors have started when nothing more is done for a while.
    private void settle() {
        try {
            for (int i = 0; i < 5; i++) {
                before.submit(() -> {}).get(10, TimeUnit.SECONDS);
                Thread.sleep(5);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the actor system of " + name + " does not start", e);
        }
    }

    String name() {
        return name;
    }

    ActorSystem classic() {
        return system;
    }

    org.apache.pekko.actor.typed.ActorSystem<?> typed() {
        return Adapter.toTyped(system);
    }

    /** From now on everything here happens in this world. */
    void enter(World next) {
        world = next;
        paused = false;
        backlog = new ArrayList<>();
    }

    void leave() {
        world = null;
        backlog = new ArrayList<>();
    }

    @Nullable World world() {
        return world;
    }

    boolean isPaused() {
        return paused;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        List<World.Event> waiting = takeBacklog();
        World present = world;
        if (present != null) {
            present.again(waiting);
        }
    }

    /** Runs again, with nothing of what waited. */
    void unpause() {
        paused = false;
    }

    void keep(World.Event event) {
        backlog.add(event);
    }

    List<World.Event> takeBacklog() {
        List<World.Event> waiting = backlog;
        backlog = new ArrayList<>();
        return waiting;
    }

    @Override
    public void execute(Runnable work) {
        World present = world;
        if (present == null) {
            before.execute(work);
        } else {
            present.work(this, work);
        }
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    @Override
    public void close() {
        leave();
        system.terminate();
        system.getWhenTerminated().thenRun(before::shutdown);
        Slots.forget(name);
    }
}
