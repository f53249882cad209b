package io.wavegate.node.demo;

/**
 * A demonstration in figures.
 *
 * @param right whether both sides hold the recording's text and one history
 * @param edits how many were typed
 * @param deltas in how many deltas they went out
 * @param seconds from the first edit until both sides had everything
 * @param hostCpuSeconds CPU time of the process of the gateway that hosts the wave
 * @param guestCpuSeconds the same of the other
 * @param durableP50Millis median from a delta's submission until it is durable
 * @param durableP99Millis the same, 99th percentile
 * @param visibleP50Millis median from a delta's submission until the other person's client has it
 * @param visibleP99Millis the same, 99th percentile
 */
public record DemoOutcome(
        boolean right,
        int edits,
        int deltas,
        double seconds,
        double hostCpuSeconds,
        double guestCpuSeconds,
        double durableP50Millis,
        double durableP99Millis,
        double visibleP50Millis,
        double visibleP99Millis) {
    private static final double MICROS = 1000.0;

    static DemoOutcome of(ReplayReport report) {
        Measures measures = report.measures();
        return new DemoOutcome(
                report.isRight(),
                report.trace().transactions().size(),
                report.deltas(),
                report.took().toMillis() / 1000.0,
                report.cpu().host().toMillis() / 1000.0,
                report.cpu().guest().toMillis() / 1000.0,
                measures.durable.getValueAtPercentile(50) / MICROS,
                measures.durable.getValueAtPercentile(99) / MICROS,
                measures.visible.getValueAtPercentile(50) / MICROS,
                measures.visible.getValueAtPercentile(99) / MICROS);
    }
}
