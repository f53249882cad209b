package io.wavegate.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.api.Meter;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
    /** The registry refers to them weakly; nobody else keeps the function that reads a count. */
    @Test
    void countsGoOnAfterACollection() {
        AtomicLong ended = new AtomicLong();
        try (NodeMetrics metrics = new NodeMetrics()) {
            metrics.add(List.of(Meter.count("wavegate_test_ended", "Of the test", Map.of(), () -> ended.get())));
            collect();
            ended.set(7);
            assertThat(metrics.scrape()).contains("wavegate_test_ended_total 7.0");
        }
    }

    private static void collect() {
        WeakReference<Object> sign = new WeakReference<>(new Object());
        Awaitility.await().until(() -> {
            System.gc();
            return sign.get() == null;
        });
    }
}
