package io.wavegate.load.report;

/**
 * How much is measured.
 *
 * @param seconds of each timed run, after a warm-up as long
 * @param edits of a trace replayed in memory at most
 * @param deltas of a sequential trace sent one by one between two gateways at most
 * @param domains that are reached over a link and then left alone
 */
public record Effort(int seconds, int edits, int deltas, int domains) {
    /** A few minutes in all: are the figures in the right region? */
    public static final Effort QUICK = new Effort(2, 10_000, 500, 50);

    /** What is quoted. */
    public static final Effort FULL = new Effort(5, Integer.MAX_VALUE, 3_000, 500);

    /** The same with another number of deltas. */
    public Effort withDeltas(int other) {
        return new Effort(seconds, edits, other, domains);
    }

    /** The same with another number of domains. */
    public Effort withDomains(int other) {
        return new Effort(seconds, edits, deltas, other);
    }
}
