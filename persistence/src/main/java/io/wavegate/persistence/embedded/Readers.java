package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.StoreUnavailableException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.RocksDBException;

/** A few threads that ask the database, with a bounded queue before them. */
final class Readers implements AutoCloseable {
    /** A question to the database. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Queries queries) throws RocksDBException;
    }

    private static final long CLOSE_SECONDS = 30;

    private final Failures failures;
    private final DatabaseGate gate;
    private final ThreadPoolExecutor threads;

    Readers(EmbeddedSettings settings, Failures failures, DatabaseGate gate) {
        this.failures = failures;
        this.gate = gate;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                settings.readers(),
                settings.readers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.maxQueuedReads()),
                task -> {
                    Thread thread = new Thread(task, "wavegate-store-read-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    <T> CompletionStage<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(question, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    threads.isShutdown() ? failures.closed() : failures.overloaded("reads", "max-queued-reads"));
        }
        return answer;
    }

    private <T> void answer(Question<T> question, CompletableFuture<T> answer) {
        T found;
        try {
            found = gate.use(database -> question.ask(new Queries(database)));
        } catch (RocksDBException e) {
            answer.completeExceptionally(failures.cannotRead(e));
            return;
        } catch (StoreUnavailableException e) {
            answer.completeExceptionally(e);
            return;
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(failures.cannotRead(new RocksDBException(e.toString())));
            return;
        }
        answer.complete(found);
    }

    /** Answers what was asked, then stops. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
