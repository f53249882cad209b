package io.wavegate.load.report;

import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Signed deltas a second through the whole of a node but the network: facade, signing, sharded entity, store. Each wavelet
 * has its own author, one delta in flight, as clients have.
 */
final class Entities implements Measurement {
    private static final int[] WAVELETS = {1, 64};

    @Override
    public String key() {
        return "entities";
    }

    @Override
    public String title() {
        return "Deltas through a node, signed and stored";
    }

    @Override
    public String about(Effort effort) {
        return "One delta in flight for each wavelet; each is signed with RSA-2048, applied by the wavelet's entity and "
                + "durable in the store before it is answered.";
    }

    @Override
    public Duration expected(Effort effort) {
        return Duration.ofSeconds(effort.seconds() * 12L + 20);
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        for (Store store : List.of(
                new Store("memory", "memory", true),
                new Store("folder, fsync", "embedded", true),
                new Store("folder, no fsync", "embedded", false))) {
            for (int count : WAVELETS) {
                findings.add(run(store, count, effort));
            }
        }
    }

    private record Store(String name, String kind, boolean sync) {}

    private static Figure run(Store store, int count, Effort effort) throws Exception {
        try (BenchWavelets node = BenchWavelets.start(store.kind(), store.sync())) {
            return deltas(node, store.name(), count, effort);
        }
    }

    /** Deltas a second into so many wavelets of this node at once. */
    static Figure deltas(BenchWavelets node, String store, int count, Effort effort) throws Exception {
        List<Author> authors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            authors.add(new Author(node, i));
        }
        CompletableFuture.allOf(authors.stream()
                        .map(author -> author.submit(new AddParticipant(author.address)))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .get();
        return Stopwatch.repeat(
                store + ", " + count + (count == 1 ? " wavelet" : " wavelets"),
                "deltas/s",
                effort.seconds(),
                () -> round(authors));
    }

    // Every author types some deltas, each as soon as the one before is durable.
    private static long round(List<Author> authors) {
        int each = 50;
        CompletableFuture.allOf(authors.stream()
                        .map(author -> author.type(each))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .join();
        return (long) each * authors.size();
    }

    /** Types backwards, at the start of a document. */
    private static final class Author {
        private final BenchWavelets node;
        private final WaveletName name;
        private final ParticipantId address;
        private HashedVersion version;
        private int length;

        Author(BenchWavelets node, int number) {
            this.node = node;
            this.address = new ParticipantId("author" + number + "@" + node.domain());
            this.name = new WaveletName(node.domain(), "w+" + number, node.domain(), "conv+root");
            this.version = HashChain.zero(name);
        }

        CompletionStage<?> type(int count) {
            DocOp word =
                    length == 0 ? DocOp.of(new Characters("a")) : DocOp.of(new Characters("a"), new Retain(length));
            length++;
            CompletionStage<?> done = submit(new MutateDocument("b+1", word));
            return count == 1 ? done : done.thenCompose(applied -> type(count - 1));
        }

        CompletionStage<?> submit(WaveletOperation operation) {
            return node.wavelets()
                    .submit(name, new WaveletDelta(version, address, List.of(operation), List.of()))
                    .thenApply(result -> {
                        if (!(result instanceof SubmitResult.Applied applied)) {
                            throw new IllegalStateException(result.toString());
                        }
                        version = applied.version();
                        return result;
                    });
        }
    }
}
