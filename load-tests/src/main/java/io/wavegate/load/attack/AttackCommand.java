package io.wavegate.load.attack;

import io.wavegate.load.relay.ProcessUsage;
import io.wavegate.load.relay.RelayGateways;
import io.wavegate.load.relay.RelayLoad;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code load-tests/attack}. */
@Command(
        name = "load-tests/attack",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Attacks a gateway with very many connections while a component of its talks to one behind another gateway,"
                        + " and says what the attack costs: memory, sockets, round trips of the others, the wait of a"
                        + " newcomer. Needs some 12,000 open files for each process (ulimit -n).",
        footer = "%nExit code 0: after each attack the gateway holds no connection more than before. 1: it does.")
public final class AttackCommand implements Callable<Integer> {
    private static final int STANZA_BYTES = 300;
    private static final int TRIPS = 500;
    private static final double MIB = 1024.0 * 1024.0;

    /** So that what is measured is what they cost, and not that they are refused. */
    private static final String RAISED = RelayGateways.UNLIMITED
            + """
            streams.limits {
              handshakes = 100000, handshakes-per-address = 100000
              attempts-per-minute = 10000000, attempts-per-minute-per-address = 10000000
            }
            streams.timeouts.header = 60s
            """;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--half-open",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Streams that are begun and never go on (default: ${DEFAULT-VALUE}).")
    private int halfOpen;

    @Option(
            names = "--come-and-go",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Connections that come and go (default: ${DEFAULT-VALUE}).")
    private int comeAndGo;

    @Option(
            names = "--addresses",
            paramLabel = "N",
            defaultValue = "50",
            description = "Addresses that the attack comes from (default: ${DEFAULT-VALUE}).")
    private int addresses;

    @Option(names = "--default-limits", description = "Leave limits and deadlines as they are by default.")
    private boolean defaultLimits;

    private AttackCommand() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AttackCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("wavegate-attack");
        try (RelayGateways gateways = RelayGateways.start(folder, 0, defaultLimits ? "" : RAISED);
                RelayLoad load = new RelayLoad(gateways, STANZA_BYTES)) {
            load.setUpMillis();
            load.oneWay(10, 1_000);
            load.roundTrips(4 * TRIPS);
            Sources sources = new Sources(gateways.streamAddress(0), addresses);
            ComeAndGo visitors = new ComeAndGo(sources, gateways.domain(0));
            visitors.run(1_000);
            say(
                    "%-44s %8s %14s %12s %26s %12s",
                    "", "sockets", "resident MiB", "heap MiB", "round trip p50/p99/max ms", "newcomer ms");
            int before = state("at rest", gateways, load, visitors);
            begin(gateways, load, visitors, sources);
            int between = state("after they have ended", gateways, load, visitors);
            comeAndGo(gateways, load, visitors);
            int after = state("after they have gone", gateways, load, visitors);
            return between <= before && after <= before ? 0 : 1;
        }
    }

    private void begin(RelayGateways gateways, RelayLoad load, ComeAndGo visitors, Sources sources) throws Exception {
        try (HalfOpen crowd = HalfOpen.open(sources, halfOpen)) {
            int admitted = crowd.stillOpen();
            state(admitted + " of " + halfOpen + " half-open streams", gateways, load, visitors);
            crowd.awaitEnds();
            // The gateway waits for our side, which stays open, for as long as closing takes.
            Thread.sleep(10_000);
            int sockets = ProcessUsage.of(gateways.pid(0)).sockets();
            say("%-44s %8d", "our side still open", sockets);
        }
    }

    private void comeAndGo(RelayGateways gateways, RelayLoad load, ComeAndGo visitors) throws Exception {
        long begin = System.nanoTime();
        CompletableFuture<Integer> all = CompletableFuture.supplyAsync(() -> {
            try {
                return visitors.run(comeAndGo);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        while (!all.isDone()) {
            state("while " + comeAndGo + " come and go", gateways, load, visitors);
            Thread.sleep(5_000);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("%d of %d connections in %.0f s were served as far as they asked", all.join(), comeAndGo, seconds);
        Thread.sleep(10_000);
    }

    /** @return the gateway's sockets */
    private int state(String when, RelayGateways gateways, RelayLoad load, ComeAndGo visitors) throws Exception {
        double newcomer = visitors.newcomerMillis();
        double[] trips = load.roundTrips(TRIPS);
        long heap = gateways.liveHeap(0).orElseThrow();
        ProcessUsage usage = ProcessUsage.of(gateways.pid(0));
        say(
                "%-44s %8d %14.0f %12.1f %26s %12.1f",
                when,
                usage.sockets(),
                usage.residentBytes() / MIB,
                heap / MIB,
                String.format(
                        Locale.ROOT, "%.2f/%.2f/%.0f", trips[TRIPS / 2], trips[TRIPS * 99 / 100], trips[TRIPS - 1]),
                newcomer);
        return usage.sockets();
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
