package io.wavegate.cluster.settings;

import java.time.Duration;

/** How soon a silent node is taken for dead: {@code wavegate.cluster.failure-detection}. */
public enum FailureDetection {
    /** Tolerates pauses of some seconds; a dead node's work goes on elsewhere after about 20 s. */
    PRODUCTION("pekko-production.conf", 3_000, 10_000, 45_000, 60_000),

    /** For tests, and machines whose pauses are known: about 5 s. */
    FAST("pekko-fast.conf", 500, 3_000, 12_000, 15_000);

    private final String resource;
    private final PresenceTimes presence;

    FailureDetection(String resource, long pause, long takeOver, long foundAfter, long patience) {
        this.resource = resource;
        this.presence = new PresenceTimes(
                Duration.ofMillis(pause),
                Duration.ofMillis(takeOver),
                Duration.ofMillis(foundAfter),
                Duration.ofMillis(patience));
    }

    /** How long signs of life of other clusters are waited for. */
    public PresenceTimes presence() {
        return presence;
    }

    /** Name of the resource that holds Pekko's keys. */
    String resource() {
        return resource;
    }
}
