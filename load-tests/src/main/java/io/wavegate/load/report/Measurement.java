package io.wavegate.load.report;

/** Makes one section of the report. */
public interface Measurement {
    /** A short word by which {@code --only} chooses it. */
    String key();

    /**
     * Measures.
     *
     * @throws Exception if the thing measured fails; the report says so and goes on
     */
    Section measure(Effort effort) throws Exception;
}
