package io.wavegate.load.report;

import io.wavegate.load.relay.ProcessUsage;
import io.wavegate.load.relay.RelayLoad;
import io.wavegate.load.relay.RelayServers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of server, from its start to its last round. */
final class RelayRun implements AutoCloseable {
    static final int SIZE = 300;
    static final int WINDOW = 1_000;

    /** As many times as long as a measured round: a JVM compiles what is hot by and by. */
    static final int WARM_UP = 6;

    /** At most so many times: a busy machine may never get there. */
    private static final int MOST_WARM_UP = 30;

    private static final Logger LOG = LoggerFactory.getLogger(RelayRun.class);
    private static final int AT_A_TIME = 8;
    private static final int ONE_BY_ONE = 20;
    private static final double MIB = 1024.0 * 1024.0;

    /** An answer may also be an error because there is no connection; then nothing was measured. */
    private static final double STILL_CONNECTED = 0.95;

    /** Until a server has put away what it used to open streams: processes hibernate, buffers go. */
    private static final int SETTLE_SECONDS = 10;

    private final RelayServers servers;
    private final RelayLoad load;
    private final List<RelayLoad.Rate> rounds = new ArrayList<>();
    private double residentEach = Double.NaN;

    private RelayRun(RelayServers servers, RelayLoad load) {
        this.servers = servers;
        this.load = load;
    }

    /** Connects a component to each server and has the first message go through. */
    static RelayRun begin(RelayServers servers, Findings findings) throws Exception {
        RelayRun run = new RelayRun(servers, new RelayLoad(servers, SIZE));
        run.add(findings, Figure.of("resident memory, just started", run.usage().residentBytes() / MIB, "MiB"));
        long before = run.cpuOfBoth();
        double millis = run.load.setUpMillis();
        run.add(findings, new Figure("first link of the process, set-up", millis, "ms", run.cpuOfBoth() - before));
        return run;
    }

    String name() {
        return servers.name();
    }

    /** CPU time for a stanza and server, by the median round; NaN before there is one. */
    double cpuMicros() {
        return median(RelayRun::mean);
    }

    /** Growth of resident memory for each idle domain, bytes; NaN before it is known. */
    double residentEach() {
        return residentEach;
    }

    /** Reaches many domains, once each, and leaves them alone. */
    void reachDomains(Effort effort, Findings findings) throws Exception {
        LOG.info("{}: {} domains ...", name(), effort.domains());
        String parent = servers.manyDomains(effort.domains());
        List<String> domains = IntStream.rangeClosed(1, effort.domains())
                .mapToObj(i -> "v" + i + "." + parent)
                .toList();
        int before = domains.size() / 10;
        int single = Math.min(ONE_BY_ONE, before);
        load.touch(domains.subList(single, before), AT_A_TIME);
        double[] setUps = load.setUpMillis(domains.subList(0, single));
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        OptionalLong heap = servers.liveHeap(0);
        ProcessUsage usage = usage();
        load.touch(domains.subList(before, domains.size()), AT_A_TIME);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        ProcessUsage usageAtEnd = usage();
        int count = domains.size() - before;
        double streams = (usageAtEnd.sockets() - usage.sockets()) / (double) count;
        if (streams < STILL_CONNECTED) {
            throw new IllegalStateException("most domains were refused or lost: for each of " + count + " there are "
                    + streams + " connections");
        }
        residentEach = (usageAtEnd.residentBytes() - usage.residentBytes()) / (double) count;
        String of = "idle domain, of " + domains.size() + ", ";
        add(findings, Figure.of(of + "connections", streams, "each"));
        add(findings, Figure.of("further link, set-up, p50", setUps[single / 2], "ms"));
        add(findings, Figure.of(of + "resident memory", residentEach / 1024, "KiB each"));
        if (heap.isPresent()) {
            long live = servers.liveHeap(0).orElseThrow();
            add(findings, Figure.of(of + "live heap", (live - heap.getAsLong()) / (double) count / 1024, "KiB each"));
        }
        add(findings, Figure.of("resident memory with all of them", usageAtEnd.residentBytes() / MIB, "MiB"));
    }

    /** Sends until what is hot is compiled; the beginning is a figure of its own. */
    void warmUp(Effort effort, Findings findings) throws Exception {
        LOG.info("{}: warming up ...", name());
        RelayLoad.Rate cold = load.oneWay(effort.seconds(), WINDOW);
        add(findings, new Figure("one way, just started", cold.perSecond(), "stanzas/s", mean(cold)));
        long stanzas = load.oneWay(effort.seconds() * WARM_UP, WINDOW).stanzas();
        for (int i = WARM_UP; i < MOST_WARM_UP && stanzas < servers.warmUpStanzas(); i++) {
            stanzas += load.oneWay(effort.seconds(), WINDOW).stanzas();
        }
        LOG.info("{}: {} stanzas before the measured ones", name(), stanzas);
        load.roundTrips(effort.seconds() * 100);
    }

    /** One round. */
    void load(Effort effort) throws Exception {
        rounds.add(load.oneWay(effort.seconds(), WINDOW));
    }

    /** The medians of all rounds, and round trips. */
    void conclude(Effort effort, Findings findings) throws Exception {
        add(findings, new Figure("one way", median(RelayLoad.Rate::perSecond), "stanzas/s", cpuMicros()));
        add(findings, Figure.of("CPU of the sending server", median(rate -> rate.cpuMicros()[0]), "µs per stanza"));
        add(findings, Figure.of("CPU of the receiving server", median(rate -> rate.cpuMicros()[1]), "µs per stanza"));
        double[] trips = load.roundTrips(effort.seconds() * 200);
        add(findings, Figure.of("round trip, p50", trips[trips.length / 2], "ms"));
        add(findings, Figure.of("round trip, p99", trips[trips.length * 99 / 100], "ms"));
        add(findings, Figure.of("resident memory after the load", usage().residentBytes() / MIB, "MiB"));
    }

    private static double mean(RelayLoad.Rate rate) {
        return (rate.cpuMicros()[0] + rate.cpuMicros()[1]) / 2;
    }

    private double median(ToDoubleFunction<RelayLoad.Rate> of) {
        double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private ProcessUsage usage() throws Exception {
        return ProcessUsage.of(servers.pid(0));
    }

    private long cpuOfBoth() throws Exception {
        return usage().cpuMicros() + ProcessUsage.of(servers.pid(1)).cpuMicros();
    }

    private void add(Findings findings, Figure figure) {
        findings.add(figure.named(name()));
    }

    @Override
    public void close() throws Exception {
        load.close();
        servers.close();
    }
}
