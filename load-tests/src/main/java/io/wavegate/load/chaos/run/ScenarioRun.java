package io.wavegate.load.chaos.run;

import io.wavegate.load.chaos.lab.ChaosLab;
import io.wavegate.load.chaos.lab.LabNode;
import io.wavegate.load.chaos.lab.PeerServer;
import io.wavegate.load.chaos.lab.StreamCounts;
import io.wavegate.load.chaos.lab.TcpTable;
import io.wavegate.load.chaos.load.Judgement;
import io.wavegate.load.chaos.load.Load;
import io.wavegate.load.chaos.load.PeerPings;
import io.wavegate.load.chaos.load.Slowest;
import io.wavegate.load.chaos.load.Stalls;
import io.wavegate.load.chaos.load.Typed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one scenario: load, the fault, load again, quiet, judgement. */
final class ScenarioRun {
    private static final Logger LOG = LoggerFactory.getLogger(ScenarioRun.class);
    private static final int TOLD = 8;
    private static final Duration SETTLE = Duration.ofMinutes(3);
    private static final long SERVED_MILLIS = 1_000;

    private final ChaosLab lab;
    private final Load load;
    private final Judgement judgement;
    private final List<PeerPings> pings;
    private final Pace pace;

    /**
     * @param perSecond marks of all users together
     * @param before how long all is well at first
     * @param fault how long something stays broken
     * @param after how long it goes on at least after the fault
     * @param ready how long a node must be ready before the next is restarted
     */
    record Pace(double perSecond, Duration before, Duration fault, Duration after, Duration ready) {}

    ScenarioRun(ChaosLab lab, Load load, Judgement judgement, List<PeerPings> pings, Pace pace) {
        this.lab = lab;
        this.load = load;
        this.judgement = judgement;
        this.pings = List.copyOf(pings);
        this.pace = pace;
    }

    /** Everybody types once: a link that nobody has used yet would be set up while something breaks. */
    void warmUp() throws InterruptedException {
        load.records().nextScenario();
        load.start("b+first", pace.perSecond());
        Thread.sleep((long) (1_000 * load.users() / pace.perSecond()));
        load.stop();
        load.awaitQuiet(SETTLE);
    }

    Result run(Scenario scenario) throws InterruptedException {
        load.records().nextScenario();
        load.start("b+" + scenario.key(), pace.perSecond());
        Thread.sleep(pace.before().toMillis());
        pings.forEach(PeerPings::take);
        Trouble trouble = new Trouble();
        Set<TcpTable.Connection> before = trouble.otherwise(Set.of(), this::connections);
        StreamCounts counted = StreamCounts.read(lab.far().nodes());
        int endings = endedByThemselves();
        long deltas = load.records().deltas();
        long begin = System.nanoTime();
        Stage stage = new Stage(lab, pace.fault(), pace.ready());
        LOG.info("{}: the fault begins", scenario.key());
        trouble.attempt(() -> scenario.script().run(stage));
        LOG.info("{}: the fault is over", scenario.key());
        Thread.sleep(pace.after().toMillis());
        load.stop();
        double perSecond = (load.records().deltas() - deltas) * 1e9 / (System.nanoTime() - begin);
        trouble.attempt(new Mending(lab, SETTLE)::mend);
        List<String> unfinished = new ArrayList<>(load.awaitQuiet(SETTLE));
        Set<TcpTable.Connection> after = trouble.otherwise(Set.of(), this::connections);
        Map<String, Long> closes = StreamCounts.read(lab.far().nodes()).since(counted);
        List<String> others = pings.stream().map(PeerPings::take).toList();
        Judgement.Verdict verdict = trouble.otherwise(Judgement.Verdict.NOTHING_SEEN, judgement::judge);
        unfinished.addAll(trouble.seen());
        Slowest.of(load.records().marks(), TOLD).forEach(line -> LOG.info("Slow: {}", line));
        Collection<Typed> marks = load.records().marks().values();
        return new Result(
                scenario,
                marks.size(),
                perSecond,
                verdict,
                load.records().refusals(),
                unfinished,
                Stalls.of(marks, ScenarioRun::typedNear),
                Stalls.of(marks, typed -> !typedNear(typed)),
                Stalls.byPair(marks),
                closes,
                byDialler(before, connection -> !after.contains(connection)),
                byDialler(before, after::contains),
                served(marks, stage.began(), stage.firstMended()),
                served(marks, stage.ended(), Long.MAX_VALUE),
                endedByThemselves() - endings,
                others);
    }

    private static boolean typedNear(Typed typed) {
        return typed.byHost() == typed.pair().hostedNear();
    }

    private Set<TcpTable.Connection> connections() throws IOException {
        Set<TcpTable.Connection> all = new HashSet<>();
        for (LabNode node : lab.far().nodes()) {
            all.addAll(TcpTable.streams(node, lab.near().nodes()));
        }
        for (PeerServer peer : lab.peers()) {
            all.addAll(peer.streams(lab.near().nodes()));
        }
        return all;
    }

    private static Map<String, Long> byDialler(Set<TcpTable.Connection> all, Predicate<TcpTable.Connection> which) {
        Map<String, Long> counts = new TreeMap<>();
        all.stream()
                .filter(which)
                .forEach(connection -> counts.merge(connection.dialled() ? "by the peer" : "by us", 1L, Long::sum));
        return counts;
    }

    // What took longer than a second was not being served while it waited.
    private static Duration served(Collection<Typed> marks, long since, long typedBefore) {
        long longest = marks.stream()
                .filter(typed -> typed.intended() < typedBefore)
                .filter(typed -> typed.delivered() - typed.intended() > SERVED_MILLIS * 1_000_000)
                .mapToLong(typed -> typed.delivered() - since)
                .max()
                .orElse(0);
        return Duration.ofNanos(Math.max(0, longest));
    }

    private int endedByThemselves() {
        return lab.gateways().stream().mapToInt(LabNode::endedByItself).sum();
    }
}
