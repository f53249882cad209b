package io.wavegate.node.demo;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What is measured while the people type. */
final class Measures {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    /** From a delta's submission to the word that it is durable at the host. */
    final Histogram durable = new ConcurrentHistogram(LONGEST_MICROS, 3);

    /** From a delta's submission to its arrival at the client at the other domain. */
    final Histogram visible = new ConcurrentHistogram(LONGEST_MICROS, 3);

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }

    /** {@code p50 1.2 ms, p99 8.0 ms}. */
    static String percentiles(Histogram histogram) {
        return String.format(
                "p50 %.1f ms, p99 %.1f ms",
                histogram.getValueAtPercentile(50) / 1000.0, histogram.getValueAtPercentile(99) / 1000.0);
    }
}
