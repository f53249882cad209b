package io.wavegate.load.report;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;

/** Streams that each write the next batch when the one before is durable: how many a second, and how long one takes. */
final class BatchRun {
    private static final long NANOS = 1_000_000_000L;
    private static final int DIGITS = 3;

    private final BatchTarget target;
    private final int streams;
    private final int events;
    private final ConcurrentHistogram micros = new ConcurrentHistogram(DIGITS);
    private final long[] heads;
    private double seconds;

    BatchRun(BatchTarget target, int streams, int events) {
        this.target = target;
        this.streams = streams;
        this.events = events;
        this.heads = new long[streams];
    }

    /** Runs for some seconds that do not count. */
    void warmUp(int length) {
        run(length);
        micros.reset();
    }

    /** Runs for some seconds that count, together with those of other rounds. */
    void round(int length) {
        Stopwatch watch = new Stopwatch();
        run(length);
        seconds += watch.seconds();
    }

    /** Its parameters. */
    String name() {
        return streams + (streams == 1 ? " stream, " : " streams, ") + events + (events == 1 ? " event" : " events");
    }

    double perSecond() {
        return micros.getTotalCount() / seconds;
    }

    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    private void run(int length) {
        long end = System.nanoTime() + length * NANOS;
        CompletableFuture<?>[] all = IntStream.range(0, streams)
                .mapToObj(stream -> {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    next(stream, end, done);
                    return done;
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }

    private void next(int stream, long end, CompletableFuture<Void> done) {
        long begin = System.nanoTime();
        if (begin > end) {
            done.complete(null);
            return;
        }
        target.write(stream, heads[stream], events).whenComplete((written, thrown) -> {
            if (thrown != null) {
                done.completeExceptionally(thrown);
                return;
            }
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
            heads[stream] += events;
            next(stream, end, done);
        });
    }
}
