package io.wavegate.load.report;

import io.wavegate.load.Inputs;
import io.wavegate.load.relay.ProcessUsage;
import io.wavegate.load.relay.RelayGateways;
import io.wavegate.load.relay.RelayLab;
import io.wavegate.load.relay.RelayLoad;
import io.wavegate.load.relay.RelayServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Component to component through two servers and TLS: Wavegate, and beside it what is installed of Prosody and ejabberd. */
final class Relay implements Measurement {
    private static final int SIZE = 300;
    private static final int WINDOW = 1_000;

    /** As many times as long as a measured run: a JVM compiles what is hot by and by. */
    private static final int WARM_UP = 6;

    /** Domains that are reached and then left alone; {@code -Dwavegate.relay.domains=5000} for more. */
    private static final int DOMAINS = Integer.getInteger("wavegate.relay.domains", 500);

    @Override
    public String key() {
        return "relay";
    }

    @Override
    public Section measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Path folder = Files.createTempDirectory("wavegate-relay");
        try (RelayGateways gateways = RelayGateways.start(Files.createDirectories(folder.resolve("own")), DOMAINS)) {
            figures.addAll(load(gateways, effort));
            figures.addAll(idle(gateways, "two.example", gateways::heapUsed));
        }
        for (String kind : List.of("prosody", "ejabberd")) {
            if (!RelayLab.isThere(Inputs.shared(), kind.equals("prosody") ? kind : "ejabberdctl")) {
                notes.add(kind + " was left out: the program or ../shared/peers is not here");
                continue;
            }
            try (RelayLab lab = RelayLab.start(Inputs.shared(), Files.createDirectories(folder.resolve(kind)), kind)) {
                figures.addAll(load(lab, effort));
                figures.addAll(idle(lab, lab.startMany(DOMAINS), which -> 0));
            } catch (Exception e) {
                notes.add(kind + " could not be measured: " + e);
            }
        }
        return new Section(
                "Relay",
                "A component sends messages of " + SIZE
                        + " bytes through its server, TLS and another server of the same"
                        + " kind to another component, " + WINDOW
                        + " under way at a time; every one arrives. CPU is that"
                        + " of one server's process, the mean of both, after a warm-up. Round trips are one at a time."
                        + " Set-up is from the first message to its arrival: resolution, TLS, authentication. Idle domains:"
                        + " growth of the first server's memory after one message to each, with a stream in each"
                        + " direction.",
                figures,
                notes);
    }

    private static double mean(RelayLoad.Rate rate) {
        return (rate.cpuMicros()[0] + rate.cpuMicros()[1]) / 2;
    }

    private static List<Figure> load(RelayServers servers, Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (RelayLoad load = new RelayLoad(servers, SIZE)) {
            figures.add(Figure.of("link set-up", load.setUpMillis(), "ms"));
            RelayLoad.Rate cold = load.oneWay(effort.seconds(), WINDOW);
            figures.add(new Figure("one way, just started", cold.perSecond(), "stanzas/s", mean(cold)));
            load.oneWay(effort.seconds() * WARM_UP, WINDOW);
            RelayLoad.Rate rate = load.oneWay(effort.seconds() * 2, WINDOW);
            figures.add(new Figure("one way", rate.perSecond(), "stanzas/s", mean(rate)));
            figures.add(Figure.of("CPU of the sending side's server", rate.cpuMicros()[0], "µs per stanza"));
            figures.add(Figure.of("CPU of the receiving side's server", rate.cpuMicros()[1], "µs per stanza"));
            load.roundTrips(effort.seconds() * 100);
            double[] trips = load.roundTrips(effort.seconds() * 400);
            figures.add(Figure.of("round trip, p50", trips[trips.length / 2], "ms"));
            figures.add(Figure.of("round trip, p99", trips[trips.length * 99 / 100], "ms"));
        }
        return figures.stream().map(figure -> figure.named(servers.name())).toList();
    }

    /** Bytes of the heap in use; 0 where that is not known. */
    @FunctionalInterface
    private interface Heap {
        long used(int which) throws Exception;
    }

    private static List<Figure> idle(RelayServers servers, String parent, Heap heaps) throws Exception {
        List<String> domains = IntStream.rangeClosed(1, DOMAINS)
                .mapToObj(i -> "v" + i + "." + parent)
                .toList();
        try (RelayLoad load = new RelayLoad(servers, SIZE)) {
            load.touch(domains.subList(0, DOMAINS / 10), 8);
            long heap = heaps.used(0);
            long resident = ProcessUsage.of(servers.pid(0)).residentBytes();
            load.touch(domains.subList(DOMAINS / 10, DOMAINS), 8);
            int count = DOMAINS - DOMAINS / 10;
            double heapEach = (heaps.used(0) - heap) / (double) count / 1024;
            double residentEach = (ProcessUsage.of(servers.pid(0)).residentBytes() - resident) / (double) count / 1024;
            String of = "idle domain, of " + DOMAINS + ", ";
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of(servers.name() + ": " + of + "resident memory", residentEach, "KiB each"));
            if (heap > 0) {
                figures.add(Figure.of(servers.name() + ": " + of + "heap in use", heapEach, "KiB each"));
            }
            return figures;
        }
    }
}
