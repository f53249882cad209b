package io.wavegate.load.report;

import java.time.Duration;

/** Makes one section of the report. */
public interface Measurement {
    /** A short word by which {@code --only} chooses it. */
    String key();

    /** The section's heading. */
    String title();

    /** What the figures mean and how they are made. */
    String about(Effort effort);

    /** About how long it takes on two processors that have nothing else to do. */
    Duration expected(Effort effort);

    /**
     * Measures.
     *
     * @param findings told each figure as soon as there is one
     * @throws Exception if the thing measured fails; the report says so and goes on with the next section
     */
    void measure(Effort effort, Findings findings) throws Exception;
}
