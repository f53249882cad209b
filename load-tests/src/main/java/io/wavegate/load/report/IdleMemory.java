package io.wavegate.load.report;

import com.typesafe.config.ConfigFactory;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Heap that a wavelet and a link cost while their entity is awake and nothing happens to it. */
final class IdleMemory implements Measurement {
    private static final int WAVELETS = 2_000;
    private static final int LINKS = 2_000;
    private static final int TEXT = 1_000;

    @Override
    public String key() {
        return "memory";
    }

    @Override
    public String title() {
        return "Memory";
    }

    @Override
    public String about(Effort effort) {
        return "Heap after full collections, divided by " + WAVELETS
                + " wavelets. A wavelet that nobody uses is put to sleep "
                + "(wavegate.wavelets, "
                + ConfigFactory.load()
                        .getDuration("wavegate.wavelets.lifecycle.idle")
                        .toSeconds()
                + " s) and then costs no heap.";
    }

    @Override
    public Duration expected(Effort effort) {
        return Duration.ofSeconds(20);
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        try (BenchWavelets node = BenchWavelets.start("embedded", false)) {
            create(node, 0, 200);
            long before = usedAfterCollection();
            create(node, 200, WAVELETS);
            long after = usedAfterCollection();
            findings.add(Figure.of(
                    "awake wavelet, one document of " + TEXT + " characters",
                    (after - before) / (double) WAVELETS / 1024,
                    "KiB"));
            connect(node, 0, 200);
            before = usedAfterCollection();
            connect(node, 200, LINKS);
            after = usedAfterCollection();
            findings.add(Figure.of("link without a stream", (after - before) / (double) LINKS / 1024, "KiB"));
        }
    }

    private static void connect(BenchWavelets node, int from, int count) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            all.add(node.links().link(node.domain(), "remote" + i + ".example").toCompletableFuture());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    private static void create(BenchWavelets node, int from, int count) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            all.add(create(node, i).toCompletableFuture());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    private static CompletionStage<?> create(BenchWavelets node, int number) {
        WaveletName name = new WaveletName(node.domain(), "w+idle" + number, node.domain(), "conv+root");
        ParticipantId author = new ParticipantId("ada@" + node.domain());
        WaveletDelta delta = new WaveletDelta(
                HashChain.zero(name),
                author,
                List.of(
                        new AddParticipant(author),
                        new MutateDocument("b+1", DocOp.of(new Characters("x".repeat(TEXT))))),
                List.of());
        return node.wavelets().submit(name, delta).thenApply(result -> {
            if (!(result instanceof SubmitResult.Applied)) {
                throw new IllegalStateException(result.toString());
            }
            return result;
        });
    }

    private static long usedAfterCollection() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
