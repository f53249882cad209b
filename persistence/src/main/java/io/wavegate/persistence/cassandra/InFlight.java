package io.wavegate.persistence.cassandra;

import io.wavegate.persistence.journal.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Counts the requests under way: bounded, waited for at the end, and each ends in an answer or in our exception. */
final class InFlight implements AutoCloseable {
    private static final long CLOSE_SECONDS = 30;

    private final int max;
    private final CassandraFailures failures;
    private final Semaphore places;
    private final AtomicBoolean closed = new AtomicBoolean();

    InFlight(int max, CassandraFailures failures) {
        this.max = max;
        this.failures = failures;
        this.places = new Semaphore(max);
    }

    <T> CompletionStage<T> run(
            Supplier<CompletionStage<T>> request, Function<Throwable, StoreUnavailableException> failure) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(failures.closed());
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(closed.get() ? failures.closed() : failures.overloaded());
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletionStage<T> underWay;
        try {
            underWay = request.get();
        } catch (RuntimeException e) {
            underWay = CompletableFuture.failedFuture(e);
        }
        underWay.whenComplete((value, thrown) -> {
            places.release();
            if (thrown == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure.apply(thrown));
            }
        });
        return answer;
    }

    /** Refuses what comes, waits for what is under way. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (places.tryAcquire(max, CLOSE_SECONDS, TimeUnit.SECONDS)) {
                places.release(max);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
