package io.wavegate.node.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wavegate.s2s.api.CertificateView;
import io.wavegate.s2s.api.CertificateViews;
import io.wavegate.s2s.api.Meter;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.Wavelets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Counters and timers of the client API. Labels come from closed sets only: no names of users or wavelets. */
public final class NodeMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger sockets = new AtomicInteger();
    private final List<LongSupplier> counted = new CopyOnWriteArrayList<>();
    private final JvmGcMetrics gc = new JvmGcMetrics();

    public NodeMetrics() {
        registry.gauge("wavegate_client_sockets", sockets);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** From now on tells how long our certificates last, and how often others took their place. */
    public void watch(CertificateViews certificates) {
        for (CertificateView one : certificates.certificates()) {
            Gauge.builder("wavegate_certificate_remaining_seconds", () -> remaining(certificates, one))
                    .description("Until the first certificate of the chain ends; negative after that")
                    .tag("domain", one.domain())
                    .tag("use", one.use())
                    .register(registry);
        }
        FunctionCounter.builder("wavegate_certificate_replacements", certificates, CertificateViews::taken)
                .description("New files of certificates, by what came of them")
                .tag("outcome", "taken")
                .register(registry);
        FunctionCounter.builder("wavegate_certificate_replacements", certificates, CertificateViews::refused)
                .description("New files of certificates, by what came of them")
                .tag("outcome", "refused")
                .register(registry);
    }

    /** From now on tells how often replicas and their hosts did not agree. */
    public void watch(Wavelets wavelets) {
        Map<String, ToDoubleFunction<Wavelets>> outcomes = Map.of(
                "contradicted", w -> w.replicaCounts().contradicted(),
                "continued", w -> w.replicaCounts().continued(),
                "replaced", w -> w.replicaCounts().replaced(),
                "abandoned", w -> w.replicaCounts().abandoned());
        outcomes.forEach((outcome, count) -> FunctionCounter.builder("wavegate_replica_disagreements", wavelets, count)
                .description("Hosts that told what does not fit our copy of their wavelet, and what came of it")
                .tag("outcome", outcome)
                .register(registry));
    }

    /** From now on tells what is counted elsewhere. */
    public void add(List<Meter> meters) {
        for (Meter meter : meters) {
            Tags labels = Tags.empty();
            for (Map.Entry<String, String> label : meter.labels().entrySet()) {
                labels = labels.and(label.getKey(), label.getValue());
            }
            // A counter of the registry refers to what it reads weakly: without this it would stand still after a
            // collection.
            counted.add(meter.value());
            switch (meter.kind()) {
                case COUNT ->
                    FunctionCounter.builder(meter.name(), meter.value(), LongSupplier::getAsLong)
                            .description(meter.description())
                            .tags(labels)
                            .register(registry);
                case LEVEL ->
                    Gauge.builder(meter.name(), () -> meter.value().getAsLong())
                            .description(meter.description())
                            .tags(labels)
                            .register(registry);
            }
        }
    }

    private static double remaining(CertificateViews certificates, CertificateView which) {
        return certificates.certificates().stream()
                .filter(one -> one.domain().equals(which.domain()) && one.use().equals(which.use()))
                .mapToDouble(one -> one.remainingSeconds(System.currentTimeMillis()))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Where other modules register their meters. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public void socketOpened() {
        sockets.incrementAndGet();
    }

    public void socketClosed() {
        sockets.decrementAndGet();
    }

    /** A delta was submitted over a socket. Exactly one of result and failure is there. */
    public void submitted(long nanos, @Nullable SubmitResult result, @Nullable Throwable failure) {
        String outcome = result instanceof SubmitResult.Refused refused
                ? refused.refusal().reason().name()
                : failure == null ? "APPLIED" : "FAILED";
        Timer.builder("wavegate_client_submit")
                .description("From a delta's arrival to its answer, which is after it is durable")
                .publishPercentiles(0.5, 0.99)
                .tag("outcome", outcome)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * An HTTP request was answered.
     *
     * @param endpoint the template, not the path
     */
    public void answered(String method, String endpoint, int status, Duration took) {
        Timer.builder("wavegate_client_request")
                .description("From a request to its answer; long polls include their wait")
                .tag("method", method)
                .tag("endpoint", endpoint)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    /** All metrics in Prometheus' text form. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
