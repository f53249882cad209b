package io.wavegate.node.demo;

import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * What came of a replay.
 *
 * @param took from the first edit until both sides had everything
 * @param cpu what the gateways used for it
 * @param deltas how many deltas the edits went out in
 * @param host the side that hosts the wave
 * @param guest the other
 */
record ReplayReport(
        Trace trace,
        WaveletName name,
        Duration took,
        GatewayCpu cpu,
        int deltas,
        Measures measures,
        Side host,
        Side guest) {

    /** One domain at the end, as its gateway tells. */
    record Side(String domain, String text, HashedVersion version) {}

    /** True only if both texts are the trace's end and both histories are one. */
    boolean isRight() {
        return host.text().equals(trace.endContent())
                && guest.text().equals(trace.endContent())
                && host.version().equals(guest.version());
    }

    /** Lines for a person. */
    List<String> lines() {
        int edits = trace.transactions().size();
        double seconds = took.toMillis() / 1000.0;
        return List.of(
                String.format("%-12s %s", "wave", name),
                String.format("%-12s %s", host.domain(), line(host)),
                String.format("%-12s %s", guest.domain(), line(guest)),
                String.format(
                        "%-12s %s",
                        "history",
                        host.version().equals(guest.version())
                                ? "the same on both sides, version and hash"
                                : "NOT the same on both sides"),
                String.format(
                        "%-12s %,d in %.1f s: %,.0f edits/s, in %,d deltas (%,.0f/s)",
                        "edits", edits, seconds, edits / seconds, deltas, deltas / seconds),
                String.format(
                        "%-12s %,.0f µs an edit at %s, %,.0f µs at %s, both just started",
                        "CPU",
                        cpu.host().toNanos() / 1000.0 / edits,
                        host.domain(),
                        cpu.guest().toNanos() / 1000.0 / edits,
                        guest.domain()),
                String.format("%-12s %s", "durable", "submit to durable: " + Measures.percentiles(measures.durable)),
                String.format(
                        "%-12s %s",
                        "visible", "submit to visible at the other domain: " + Measures.percentiles(measures.visible)));
    }

    private String line(Side side) {
        String hash = HexFormat.of().formatHex(side.version().historyHash().toByteArray());
        String verdict = side.text().equals(trace.endContent())
                ? "text equal to the recording's end (" + side.text().length() + " characters)"
                : "text NOT equal to the recording's end (" + side.text().length() + " instead of "
                        + trace.endContent().length() + " characters)";
        return "version " + side.version().version() + ", hash " + hash + ", " + verdict;
    }
}
