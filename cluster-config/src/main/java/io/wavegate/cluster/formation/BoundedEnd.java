package io.wavegate.cluster.formation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an actor system, waited for no longer than it may take. The phases of a coordinated shutdown have bounds; what
 * comes after the last one, the end of the actors and of the connections between nodes, has none in Pekko, and connections
 * over TLS have been seen to stay. A process that waited for them would live on and serve nobody.
 */
final class BoundedEnd {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedEnd.class);

    private BoundedEnd() {}

    /** Completes when the system has ended, or when its last phase began this long ago. Never fails. */
    static CompletableFuture<Void> of(ActorSystem<?> system, Duration most) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        system.getWhenTerminated().whenComplete((done, failure) -> over.complete(null));
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseActorSystemTerminate(), "wavegate-bounded-end", () -> {
                    within(over, most);
                    return CompletableFuture.completedFuture(Done.done());
                });
        return over;
    }

    private static void within(CompletableFuture<Void> over, Duration most) {
        Executor later = CompletableFuture.delayedExecutor(most.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> {
            if (over.complete(null)) {
                LOG.error(
                        "The actor system has not ended {} s after everything was handed over; it is waited for no longer."
                                + " Nothing is lost by it: what was acknowledged is stored. Please report it with the log.",
                        most.toSeconds());
            }
        });
    }
}
