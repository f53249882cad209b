package io.wavegate.load.report;

import io.wavegate.load.Inputs;
import io.wavegate.node.demo.DemoOutcome;
import io.wavegate.node.demo.Demonstration;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recorded sessions through two gateway processes, TLS, signatures and fsync included: what the demonstration does. */
final class Federated implements Measurement {
    // The longest traces take many minutes and say nothing that the others do not.
    private static final long QUICK_BYTES = 250_000;

    @Override
    public String key() {
        return "federated";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Path trace : Inputs.traces()) {
            if (effort == Effort.QUICK && Files.size(trace) > QUICK_BYTES) {
                notes.add(trace.getFileName() + " left out of the quick report");
            } else {
                figures.addAll(replay(trace.getFileName().toString(), Optional.of(trace)));
            }
        }
        if (figures.isEmpty()) {
            notes.add("no recorded traces beside the project (../shared/traces): the project's own small one was used");
            figures.addAll(replay("bundled recording", Optional.empty()));
        }
        return new Section(
                "Traces through two gateways",
                "Two processes with a store folder each (fsync on), native XMPP streams over TLS on loopback, every delta "
                        + "signed and verified; the people's clients in this process, one delta in flight each, pending "
                        + "edits composed. Only right outcomes are counted: equal texts, equal histories.",
                figures,
                notes);
    }

    private static List<Figure> replay(String name, Optional<Path> trace) throws Exception {
        Path folder = Files.createTempDirectory("wavegate-bench-demo");
        DemoOutcome outcome = new Demonstration(folder, new PrintWriter(Writer.nullWriter())).run(trace, false);
        if (!outcome.right()) {
            throw new IllegalStateException(name + " did not end right; logs in " + folder);
        }
        return List.of(
                Figure.of(name + ": edits", outcome.edits() / outcome.seconds(), "edits/s"),
                Figure.of(name + ": deltas", outcome.deltas() / outcome.seconds(), "deltas/s"),
                Figure.of(name + ": submit to durable, p50", outcome.durableP50Millis(), "ms"),
                Figure.of(name + ": submit to durable, p99", outcome.durableP99Millis(), "ms"),
                Figure.of(name + ": submit to visible at the other domain, p50", outcome.visibleP50Millis(), "ms"),
                Figure.of(name + ": submit to visible at the other domain, p99", outcome.visibleP99Millis(), "ms"));
    }
}
