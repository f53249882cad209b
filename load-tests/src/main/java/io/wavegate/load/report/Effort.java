package io.wavegate.load.report;

/**
 * How much is measured.
 *
 * @param seconds of each timed run, after a warm-up as long
 * @param edits of a trace replayed in memory at most
 */
public record Effort(int seconds, int edits) {
    /** A few minutes in all: are the figures in the right region? */
    public static final Effort QUICK = new Effort(2, 10_000);

    /** What is quoted. */
    public static final Effort FULL = new Effort(5, Integer.MAX_VALUE);
}
