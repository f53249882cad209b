package io.wavegate.load.chaos.run;

import io.wavegate.load.chaos.lab.ChaosLab;
import io.wavegate.load.chaos.lab.LabNode;
import io.wavegate.load.chaos.lab.PeerServer;
import io.wavegate.load.chaos.lab.StreamCounts;
import io.wavegate.load.chaos.lab.TcpTable;
import io.wavegate.load.chaos.load.Judgement;
import io.wavegate.load.chaos.load.Load;
import io.wavegate.load.chaos.load.PeerPings;
import io.wavegate.load.chaos.load.Stalls;
import io.wavegate.load.chaos.load.Typed;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs one scenario: load, the fault, load again, quiet, judgement. */
final class ScenarioRun {
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
     */
    record Pace(double perSecond, Duration before, Duration fault, Duration after) {}

    ScenarioRun(ChaosLab lab, Load load, Judgement judgement, List<PeerPings> pings, Pace pace) {
        this.lab = lab;
        this.load = load;
        this.judgement = judgement;
        this.pings = List.copyOf(pings);
        this.pace = pace;
    }

    Result run(Scenario scenario) throws IOException, InterruptedException {
        load.records().nextScenario();
        load.start("b+" + scenario.key(), pace.perSecond());
        Thread.sleep(pace.before().toMillis());
        pings.forEach(PeerPings::take);
        Set<TcpTable.Connection> before = connections();
        StreamCounts counted = StreamCounts.read(lab.far().nodes());
        int endings = endedByThemselves();
        long deltas = load.records().deltas();
        long begin = System.nanoTime();
        Stage stage = new Stage(lab, pace.fault());
        try {
            scenario.script().run(stage);
            Thread.sleep(pace.after().toMillis());
        } finally {
            load.stop();
        }
        double perSecond = (load.records().deltas() - deltas) * 1e9 / (System.nanoTime() - begin);
        mend();
        List<String> unfinished = load.awaitQuiet(SETTLE);
        Set<TcpTable.Connection> after = connections();
        Map<String, Long> closes = StreamCounts.read(lab.far().nodes()).since(counted);
        List<String> others = pings.stream().map(PeerPings::take).toList();
        Judgement.Verdict verdict = judgement.judge();
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
                vanished(before, after),
                before.stream().filter(after::contains).count(),
                served(marks, stage.began()),
                served(marks, stage.ended()),
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

    private static Map<String, Long> vanished(Set<TcpTable.Connection> before, Set<TcpTable.Connection> after) {
        Map<String, Long> vanished = new TreeMap<>();
        before.stream()
                .filter(connection -> !after.contains(connection))
                .forEach(connection -> vanished.merge(connection.dialled() ? "by the peer" : "by us", 1L, Long::sum));
        return vanished;
    }

    // What took longer than a second was not being served while it waited.
    private static Duration served(Collection<Typed> marks, long since) {
        long last = marks.stream()
                .filter(typed -> typed.delivered() - typed.intended() > SERVED_MILLIS * 1_000_000)
                .mapToLong(Typed::delivered)
                .max()
                .orElse(since);
        return Duration.ofNanos(Math.max(0, last - since));
    }

    // Everything runs again before the next one.
    private void mend() throws IOException {
        for (int node = 0; node < lab.store().size(); node++) {
            if (!lab.store().runs(node)) {
                lab.store().restart(node);
            }
        }
        for (LabNode node : all()) {
            if (!node.process().isAlive()) {
                node.start();
            }
        }
        for (LabNode node : all()) {
            if (!node.process().awaitReady(SETTLE)) {
                node.start();
            }
        }
    }

    private int endedByThemselves() {
        return all().stream().mapToInt(LabNode::endedByItself).sum();
    }

    private List<LabNode> all() {
        return lab.gateways();
    }
}
