package io.wavegate.load.report;

/**
 * One measured value.
 *
 * @param name what was measured, with its parameters
 * @param value the median where several runs were made
 * @param unit its unit, for example {@code deltas/s}
 * @param cpuMicros CPU time of this process per unit of work, microseconds; NaN where it was not measured
 */
public record Figure(String name, double value, String unit, double cpuMicros) {
    /** A figure without CPU time. */
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, Double.NaN);
    }

    /** The same figure with a name in front of its own. */
    public Figure named(String prefix) {
        return new Figure(prefix + ": " + name, value, unit, cpuMicros);
    }
}
