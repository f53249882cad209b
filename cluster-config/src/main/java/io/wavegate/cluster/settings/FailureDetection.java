package io.wavegate.cluster.settings;

/** How soon a silent node is taken for dead: {@code wavegate.cluster.failure-detection}. */
public enum FailureDetection {
    /** Tolerates pauses of some seconds; a dead node's work goes on elsewhere after about 20 s. */
    PRODUCTION("pekko-production.conf"),

    /** For tests, and machines whose pauses are known: about 5 s. */
    FAST("pekko-fast.conf");

    private final String resource;

    FailureDetection(String resource) {
        this.resource = resource;
    }

    /** Name of the resource that holds Pekko's keys. */
    String resource() {
        return resource;
    }
}
