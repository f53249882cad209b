package io.wavegate.node.demo;

import io.wavegate.node.client.ClientException;
import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Types a trace into one wave through two clients, one for each person. */
final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PROGRESS_MILLIS = 500;
    private static final long ASK_AGAIN_MILLIS = 50;

    private final Trace trace;
    private final Pace pace;
    private final WavegateClient host;
    private final WavegateClient guest;
    private final Supplier<GatewayCpu> cpu;

    /**
     * @param host the first person's client; makes the wave
     * @param guest the second person's client
     * @param cpu what the gateways have used so far
     */
    Replay(Trace trace, Pace pace, WavegateClient host, WavegateClient guest, Supplier<GatewayCpu> cpu) {
        this.trace = trace;
        this.pace = pace;
        this.host = host;
        this.guest = guest;
        this.cpu = cpu;
    }

    /**
     * Replays.
     *
     * @param progress told now and then how many transactions have been typed
     * @throws TimeoutException if nothing moves any more
     */
    ReplayReport run(IntConsumer progress)
            throws IOException, InterruptedException, TimeoutException, ExecutionException {
        WaveletName name = host.createWave(DemoWave.operations(guest.user(), trace.startContent()));
        awaitArrival(name);
        SentLog fromHost = new SentLog();
        SentLog fromGuest = new SentLog();
        Measures measures = new Measures();
        Document start = Document.EMPTY.apply(DemoWave.blip(trace.startContent()));
        Typist first = new Typist(trace, 0, pace, fromHost, fromGuest, measures, start);
        Typist second = new Typist(trace, 1, pace, fromGuest, fromHost, measures, start);
        LocalWavelet left = host.open(name, first);
        LocalWavelet right = guest.open(name, second);
        GatewayCpu before = cpu.get();
        long begin = System.nanoTime();
        watch(typing(first, left), typing(second, right), () -> progress.accept(first.typed() + second.typed()));
        awaitSameVersion(left, right);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new ReplayReport(
                trace,
                name,
                took,
                cpu.get().since(before),
                fromHost.deltas() + fromGuest.deltas(),
                measures,
                side(host, name),
                side(guest, name));
    }

    // The guest's gateway learns of the wave by the host's update; until then it knows of no such wave.
    private void awaitArrival(WaveletName name) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                guest.version(name);
                return;
            } catch (ClientException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(ASK_AGAIN_MILLIS);
            }
        }
    }

    private static CompletableFuture<Void> typing(Typist typist, LocalWavelet wavelet) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        typist.type(wavelet);
                        done.complete(null);
                    } catch (InterruptedException | TimeoutException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "typist");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void watch(CompletableFuture<Void> first, CompletableFuture<Void> second, Runnable progress)
            throws InterruptedException, ExecutionException {
        CompletableFuture<Object> failed = new CompletableFuture<>();
        CompletableFuture<Void> all = CompletableFuture.allOf(first, second);
        all.thenRun(() -> failed.complete(Boolean.TRUE));
        first.exceptionally(failure -> {
            failed.completeExceptionally(failure);
            return null;
        });
        second.exceptionally(failure -> {
            failed.completeExceptionally(failure);
            return null;
        });
        while (true) {
            try {
                failed.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
                progress.run();
                return;
            } catch (TimeoutException e) {
                progress.run();
            }
        }
    }

    private static void awaitSameVersion(LocalWavelet left, LocalWavelet right)
            throws InterruptedException, TimeoutException {
        long last = Math.max(left.version().version(), right.version().version());
        left.await(() -> left.version().version() >= last, PATIENCE);
        right.await(() -> right.version().version() >= last, PATIENCE);
    }

    private static ReplayReport.Side side(WavegateClient client, WaveletName name) throws IOException {
        return new ReplayReport.Side(client.user().domain(), client.text(name, DemoWave.BLIP), client.version(name));
    }
}
