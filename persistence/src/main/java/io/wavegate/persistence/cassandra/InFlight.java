package io.wavegate.persistence.cassandra;

import io.wavegate.persistence.cassandra.CassandraSettings.Limits;
import io.wavegate.persistence.journal.AnswerLimit;
import io.wavegate.persistence.journal.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Counts the requests under way: bounded, waited for at the end, and each ends within a limit, in an answer or in our
 * exception. One that is given up on keeps its place until nothing of it is under way any more.
 */
final class InFlight implements AutoCloseable {
    private static final long CLOSE_SECONDS = 30;

    private final int max;
    private final AnswerLimit limit;
    private final CassandraFailures failures;
    private final Semaphore places;
    private final AtomicBoolean closed = new AtomicBoolean();

    InFlight(Limits limits, CassandraFailures failures) {
        this.max = limits.maxInFlight();
        this.limit = new AnswerLimit(limits.answerLimit());
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
        return limit.on(started(request).whenComplete((value, thrown) -> places.release()), failure);
    }

    private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
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
