package io.wavegate.wavelet.entity;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Threads for work that costs processor time, with a bounded queue. */
final class WorkPool implements AutoCloseable {
    private final ThreadPoolExecutor threads;

    WorkPool(String name, WaveletSettings.Pool settings) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queue()),
                work -> {
                    Thread thread = new Thread(work, "wavegate-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs work; fails with {@link RejectedExecutionException} at once if the queue is full. */
    <T> CompletionStage<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
