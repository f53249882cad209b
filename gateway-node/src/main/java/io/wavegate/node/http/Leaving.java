package io.wavegate.node.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;

/**
 * Sends the clients of a node that leaves to another one: nothing more is read from their sockets, what is under way is
 * answered, and nobody goes on waiting for news.
 */
public final class Leaving {
    private final SharedKillSwitch reading = KillSwitches.shared("reading");
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sockets = new AtomicInteger();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean begun;

    /** From now on this node leaves. */
    public void begin() {
        begun = true;
        reading.shutdown();
        waiting.forEach(Runnable::run);
        socketsMayBeGone();
    }

    /** True if it leaves. */
    public boolean hasBegun() {
        return begun;
    }

    /** Ends when the node leaves, or with its source. */
    public <T> Flow<T, T, NotUsed> whileServing() {
        return Flow.<T>create().via(reading.flow());
    }

    /** A socket is open. */
    public void opened() {
        sockets.incrementAndGet();
    }

    /** A socket is closed. */
    public void closed() {
        sockets.decrementAndGet();
        socketsMayBeGone();
    }

    private void socketsMayBeGone() {
        if (begun && sockets.get() == 0) {
            empty.complete(null);
        }
    }

    /** Completes when all sockets are closed, or the time is over. */
    public CompletionStage<Void> allClosed(Duration atMost) {
        return empty.copy().completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An answer that may be long in coming; if the node leaves meanwhile, the other one. */
    <T> CompletionStage<T> orElse(CompletionStage<T> answer, Supplier<T> other) {
        CompletableFuture<T> first = new CompletableFuture<>();
        Runnable leave = () -> first.complete(other.get());
        waiting.add(leave);
        answer.whenComplete((value, failure) -> {
            waiting.remove(leave);
            if (failure == null) {
                first.complete(value);
            } else {
                first.completeExceptionally(failure);
            }
        });
        if (begun) {
            leave.run();
        }
        return first;
    }
}
