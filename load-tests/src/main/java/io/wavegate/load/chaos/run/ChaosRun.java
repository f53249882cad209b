package io.wavegate.load.chaos.run;

import io.wavegate.load.chaos.lab.ChaosLab;
import io.wavegate.load.chaos.lab.LabPlan;
import io.wavegate.load.chaos.lab.Supervision;
import io.wavegate.load.chaos.load.Gateways;
import io.wavegate.load.chaos.load.Judgement;
import io.wavegate.load.chaos.load.Load;
import io.wavegate.load.chaos.load.NodeWatch;
import io.wavegate.load.chaos.load.Pair;
import io.wavegate.load.chaos.load.PeerPings;
import io.wavegate.node.config.FindingException;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A laboratory, and the scenarios in it one after the other. */
public final class ChaosRun {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);
    private static final Duration WATCH_PAUSE = Duration.ofMillis(500);

    /** Longer than a node that died is missed, with the one settings and with the others. */
    private static final Duration FAULT = Duration.ofSeconds(10);

    private static final Duration LONG_FAULT = Duration.ofSeconds(40);

    /** As {@code minReadySeconds} of the chart. */
    private static final Duration READY = Duration.ofSeconds(15);

    private final LabPlan plan;
    private final Path folder;
    private final ScenarioRun.Pace pace;

    /**
     * @param folder for logs and results
     * @param perSecond marks of all users together
     */
    public ChaosRun(LabPlan plan, Path folder, double perSecond) {
        this(
                plan,
                folder,
                new ScenarioRun.Pace(
                        perSecond,
                        Duration.ofSeconds(3),
                        plan.fast() ? FAULT : LONG_FAULT,
                        Duration.ofSeconds(6),
                        READY));
    }

    /** One for tests: little time before and after each fault, and none between the nodes of a rolling restart. */
    public static ChaosRun brief(LabPlan plan, Path folder, double perSecond, Duration fault) {
        return new ChaosRun(
                plan,
                folder,
                new ScenarioRun.Pace(perSecond, Duration.ofSeconds(1), fault, Duration.ofSeconds(2), Duration.ZERO));
    }

    private ChaosRun(LabPlan plan, Path folder, ScenarioRun.Pace pace) {
        this.plan = plan;
        this.folder = folder;
        this.pace = pace;
    }

    /**
     * Runs them, in turn for as long as asked, each once at least; prints the table and writes the results as they come.
     *
     * @return whether all that must be 0 is 0
     */
    public boolean run(List<Scenario> scenarios, Duration atLeast)
            throws IOException, FindingException, InterruptedException {
        // Each run has a folder of its own: certificates, keys and logs of another one would be in the way.
        Path logs = Files.createTempDirectory(Files.createDirectories(folder), "run-");
        LOG.info(
                "Starting {} + {} nodes and {} of Cassandra; logs are in {} ...",
                plan.near().size(),
                plan.far().size(),
                plan.cassandra(),
                logs);
        long end = System.nanoTime() + atLeast.toNanos();
        List<Result> results = new ArrayList<>();
        try (ChaosLab lab = new ChaosLab(plan, logs)) {
            Gateways gateways = new Gateways(lab.near(), lab.far(), lab.keys());
            LOG.info("Preparing {} pairs of domains ...", pairs().size());
            List<PeerPings> pings = lab.peers().stream()
                    .map(peer -> PeerPings.start(peer, plan.domains("near").get(0)))
                    .toList();
            try (Supervision supervision = Supervision.of(lab.gateways());
                    Load load = Load.prepare(gateways, pairs());
                    NodeWatch watch = NodeWatch.start(gateways, load, WATCH_PAUSE)) {
                ScenarioRun run = new ScenarioRun(lab, load, new Judgement(gateways, load), pings, pace);
                run.warmUp();
                System.out.println(ResultText.head());
                do {
                    for (Scenario scenario : scenarios) {
                        report(run.run(scenario), results);
                    }
                } while (System.nanoTime() < end);
            } finally {
                for (PeerPings one : pings) {
                    one.close();
                }
            }
        }
        return results.stream().allMatch(Result::isClean);
    }

    private void report(Result result, List<Result> results) throws IOException {
        results.add(result);
        System.out.println(ResultText.row(result));
        ResultText.complaints(result).forEach(System.out::println);
        Files.writeString(folder.resolve("chaos.json"), ResultText.json(plan, pace.perSecond(), results));
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String near : plan.domains("near")) {
            for (String far : plan.domains("far")) {
                ParticipantId here = new ParticipantId("anna@" + near);
                ParticipantId there = new ParticipantId("otto@" + far);
                boolean hostedNear = pairs.size() % 2 == 0;
                pairs.add(new Pair(pairs.size(), hostedNear ? here : there, hostedNear ? there : here, hostedNear));
            }
        }
        return pairs;
    }
}
