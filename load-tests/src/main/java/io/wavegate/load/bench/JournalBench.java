package io.wavegate.load.bench;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.Journals;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appends per second of events of 300 incompressible bytes. Each stream has one owner, who appends the next event when the
 * one before is durable: with one stream this is the store's latency, with many its group commit. The folder is in
 * {@code java.io.tmpdir}: point that at the disk to be measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class JournalBench {
    private static final int APPENDS = 1_024;

    /** Which store; {@code synced} is the embedded one as shipped, {@code unsynced} without fdatasync. */
    @Param({"memory", "unsynced", "synced"})
    private String store = "";

    /** Owners that append at the same time. */
    @Param({"1", "16", "256"})
    private int streams;

    /** Events in one append. */
    @Param({"1", "10"})
    private int events;

    private Path folder = Path.of("");
    private Journal journal = new InMemoryJournal();
    private long[] heads = new long[0];
    private ByteString payload = ByteString.EMPTY;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        byte[] bytes = new byte[300];
        new Random(5).nextBytes(bytes);
        payload = ByteString.copyFrom(bytes);
        heads = new long[streams];
        folder = Files.createTempDirectory("wavegate-journal-bench");
        String settings =
                """
                wavegate.store { kind = %s, embedded { folder = "%s", sync = %s } }
                """
                        .formatted(store.equals("memory") ? "memory" : "embedded", folder, store.equals("synced"));
        journal = Journals.open(
                StoreSettings.from(ConfigFactory.parseString(settings).withFallback(ConfigFactory.load())));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        journal.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One operation is one append, of one event or of ten. */
    @Benchmark
    @OperationsPerInvocation(APPENDS)
    public void append() {
        CompletableFuture<?>[] owners = IntStream.range(0, streams)
                .mapToObj(stream -> append(stream, APPENDS / streams).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(owners).join();
    }

    private CompletionStage<Void> append(int stream, int times) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        appendNext(stream, times, done);
        return done;
    }

    private void appendNext(int stream, int times, CompletableFuture<Void> done) {
        for (int left = times; left > 0; left--) {
            CompletableFuture<AppendResult> result =
                    journal.append(next(stream)).toCompletableFuture();
            if (!result.isDone()) {
                int rest = left - 1;
                result.whenComplete((stored, thrown) -> {
                    if (accepted(stream, stored, thrown, done)) {
                        appendNext(stream, rest, done);
                    }
                });
                return;
            }
            // The store in memory answers at once: a loop, since that many callbacks deep would be a stack overflow.
            if (!accepted(stream, result.join(), null, done)) {
                return;
            }
        }
        done.complete(null);
    }

    private Append next(int stream) {
        long head = heads[stream];
        List<StoredEvent> batch = IntStream.range(0, events)
                .mapToObj(i -> new StoredEvent(head + i, "delta-1", payload))
                .toList();
        return new Append(new StreamId("bench", "stream-" + stream), head, batch, head + events, List.of());
    }

    private boolean accepted(
            int stream, @Nullable AppendResult stored, @Nullable Throwable thrown, CompletableFuture<Void> done) {
        if (thrown != null || !(stored instanceof AppendResult.Stored)) {
            done.completeExceptionally(new CompletionException("an append was not stored: " + stored, thrown));
            return false;
        }
        heads[stream] += events;
        return true;
    }
}
