package io.wavegate.load.report;

import io.wavegate.load.Inputs;
import io.wavegate.node.demo.DemoGateways;
import io.wavegate.node.demo.DemoOutcome;
import io.wavegate.node.demo.Pace;
import io.wavegate.node.demo.Trace;
import io.wavegate.node.demo.TraceReader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recorded sessions through two gateway processes, TLS, signatures and fsync included. */
final class Federated implements Measurement {
    private static final Logger LOG = LoggerFactory.getLogger(Federated.class);

    /** The project's own recording of two people, for whoever has no others. */
    private static final String BUNDLED = "/io/wavegate/node/demo/two-people.json.gz";

    /** Deltas of which nothing is measured: the gateways have just started and compile as they go. */
    private static final int WARM_UP = 4_000;

    @Override
    public String key() {
        return "federated";
    }

    @Override
    public String title() {
        return "Traces through two gateways";
    }

    @Override
    public String about(Effort effort) {
        return "Two gateway processes with a store folder each (fsync on), native XMPP streams over TLS on loopback, every "
                + "delta signed by its author's gateway, verified and durable at both. A person at each gateway, with the "
                + "Java client in this process and one delta in flight. \"Composed\": typed as fast as it goes; what is "
                + "typed while a delta is under way goes out together in the next, so there are few deltas. \"One delta "
                + "each\": every edit waits for the one before, which is the rate of one person and no more. CPU is that of "
                + "both gateways together, without the clients. Both gateways have carried " + WARM_UP
                + " deltas before. Only right outcomes count: texts equal to the recording, histories equal hash for hash.";
    }

    @Override
    public Duration expected(Effort effort) {
        long edits = Math.min(effort.deltas(), 320_000);
        return Duration.ofSeconds((effort == Effort.QUICK ? 60 : 150) + edits * 3 / 100);
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        Path folder = Files.createTempDirectory("wavegate-bench-federated");
        List<Session> sessions = sessions(effort, findings);
        try (DemoGateways gateways = DemoGateways.start(folder)) {
            LOG.info("Warming up ...");
            warmUp(gateways, sessions);
            for (Session session : sessions) {
                LOG.info("Typing {} ...", session.name());
                try {
                    findings.addAll(figures(session, gateways.type(session.trace(), session.pace(), typed -> {})));
                } catch (Exception e) {
                    findings.failed(session.name() + " (logs in " + folder + ")", e);
                }
            }
        }
    }

    /** A recording, or its beginning, and how it is typed. */
    private record Session(String name, Trace trace, Pace pace) {}

    private static List<Session> sessions(Effort effort, Findings findings) throws Exception {
        List<Session> sessions = new ArrayList<>();
        for (Path file : Inputs.traces()) {
            Trace trace = TraceReader.read(file);
            int edits = trace.transactions().size();
            if (trace.people() == 1) {
                sessions.add(session(Inputs.name(file), trace.first(effort.deltas()), edits, Pace.ONE_BY_ONE));
                sessions.add(session(Inputs.name(file), trace.first(effort.edits()), edits, Pace.COMPOSED));
            } else {
                sessions.add(session(Inputs.name(file), trace, edits, Pace.COMPOSED));
            }
        }
        if (sessions.isEmpty()) {
            findings.note(
                    "no recorded traces beside the project (../shared/traces): the project's own small one was used");
            try (InputStream in = DemoGateways.class.getResourceAsStream(BUNDLED)) {
                if (in == null) {
                    throw new IllegalStateException("the jar of gateway-node lacks " + BUNDLED);
                }
                Trace trace = TraceReader.read(in, "the bundled recording");
                sessions.add(
                        session("bundled recording", trace, trace.transactions().size(), Pace.COMPOSED));
            }
        }
        return sessions;
    }

    private static Session session(String name, Trace trace, int of, Pace pace) {
        int edits = trace.transactions().size();
        String part = edits == of
                ? String.format("all %,d edits", edits)
                : String.format("first %,d of %,d edits", edits, of);
        String how = trace.people() == 2 ? "two people" : pace == Pace.ONE_BY_ONE ? "one delta each" : "composed";
        return new Session(name + ", " + part + ", " + how, trace, pace);
    }

    private static void warmUp(DemoGateways gateways, List<Session> sessions) throws Exception {
        Trace trace = sessions.get(0).trace();
        if (trace.people() == 1) {
            gateways.type(trace.first(WARM_UP), Pace.ONE_BY_ONE, typed -> {});
        } else {
            gateways.type(trace, Pace.COMPOSED, typed -> {});
        }
    }

    private static List<Figure> figures(Session session, DemoOutcome outcome) {
        if (!outcome.right()) {
            throw new IllegalStateException("it did not end right: another text, or two histories");
        }
        double cpuMicros = (outcome.hostCpuSeconds() + outcome.guestCpuSeconds()) * 1e6;
        return List.of(
                        new Figure(
                                "edits", outcome.edits() / outcome.seconds(), "edits/s", cpuMicros / outcome.edits()),
                        new Figure(
                                "deltas",
                                outcome.deltas() / outcome.seconds(),
                                "deltas/s",
                                cpuMicros / outcome.deltas()),
                        Figure.of("submit to durable, p50", outcome.durableP50Millis(), "ms"),
                        Figure.of("submit to durable, p99", outcome.durableP99Millis(), "ms"),
                        Figure.of("submit to visible at the other domain, p50", outcome.visibleP50Millis(), "ms"),
                        Figure.of("submit to visible at the other domain, p99", outcome.visibleP99Millis(), "ms"))
                .stream()
                .map(figure -> figure.named(session.name()))
                .toList();
    }
}
