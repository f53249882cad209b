package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.delivery.FairQueue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Threads for work that costs processor time, with a bounded queue in which the owners of work have turns. */
final class WorkPool implements AutoCloseable {
    private final Executor threads;
    private final Runnable close;
    private final FairQueue<Runnable> waiting;

    WorkPool(String name, WaveletSettings.Pool settings) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor own = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                30,
                TimeUnit.SECONDS,
                // One entry for each piece of work that waits, which are bounded.
                new LinkedBlockingQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "wavegate-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        own.allowCoreThreadTimeOut(true);
        waiting = new FairQueue<>(settings.queue());
        threads = own;
        close = own::shutdown;
    }

    /** On threads of somebody else, who ends them. */
    WorkPool(WaveletSettings.Pool settings, Executor threads) {
        this.waiting = new FairQueue<>(settings.queue());
        this.threads = threads;
        this.close = () -> {};
    }

    /**
     * Runs work; fails with {@link RejectedExecutionException} at once if there is no room for it.
     *
     * @param owner for whom: a domain, or a user of ours
     */
    <T> CompletionStage<T> run(String owner, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable turn = () -> result.completeAsync(work, Runnable::run);
        boolean taken;
        synchronized (waiting) {
            taken = waiting.offer(owner, turn);
        }
        if (!taken) {
            return CompletableFuture.failedFuture(new RejectedExecutionException("too much of " + owner + " waits"));
        }
        try {
            threads.execute(this::next);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
        return result;
    }

    private void next() {
        Optional<Runnable> turn;
        synchronized (waiting) {
            turn = waiting.next();
        }
        turn.ifPresent(Runnable::run);
    }

    @Override
    public void close() {
        close.run();
    }
}
