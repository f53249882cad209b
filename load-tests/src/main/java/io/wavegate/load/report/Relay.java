package io.wavegate.load.report;

import io.wavegate.load.Inputs;
import io.wavegate.load.relay.RelayGateways;
import io.wavegate.load.relay.RelayLab;
import io.wavegate.load.relay.RelayServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Component to component through two servers and TLS: Wavegate, and beside it what is installed of Prosody and ejabberd. */
final class Relay implements Measurement {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** How often each kind has its turn; the median counts. What else the machine does comes and goes. */
    private static final int ROUNDS = 3;

    @Override
    public String key() {
        return "relay";
    }

    @Override
    public String title() {
        return "Relay";
    }

    @Override
    public String about(Effort effort) {
        return "A component sends messages of " + RelayRun.SIZE
                + " bytes through its server, TLS and another server of the "
                + "same kind to another component, " + RelayRun.WINDOW
                + " under way at a time; every one arrives. All kinds "
                + "run at once and are loaded in turn, " + ROUNDS
                + " times, the median counts, after a warm-up. CPU is that of one server's "
                + "process, the mean of both, user and system. Round trips are one at a time. Link set-up is from the first "
                + "message to a domain until it arrives (first link; CPU of both servers) or its answer is back (further links): connecting, "
                + "TLS, authentication, and a way back for the answer. Idle domains are reached after the warm-up, once each: "
                + "growth of the first server's resident memory from a tenth of them to all, still connected; a JVM's heap is "
                + "collected before the growth and not after it.";
    }

    @Override
    public Duration expected(Effort effort) {
        return Duration.ofSeconds(200 + effort.domains() / 2 + effort.seconds() * 3L * (RelayRun.WARM_UP + 1 + ROUNDS));
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        Path folder = Files.createTempDirectory("wavegate-relay");
        List<RelayRun> runs = new CopyOnWriteArrayList<>();
        Thread stopAtExit = new Thread(() -> close(runs), "stop-relay");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        try {
            start(folder, effort, findings, runs);
            each(runs, findings, run -> run.warmUp(effort, findings));
            each(runs, findings, run -> run.reachDomains(effort, findings));
            for (int round = 1; round <= ROUNDS; round++) {
                LOG.info("Round {} of {} ...", round, ROUNDS);
                each(runs, findings, run -> run.load(effort));
            }
            each(runs, findings, run -> run.conclude(effort, findings));
            RelayAims.compare(runs, findings);
        } finally {
            close(runs);
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        }
    }

    private static void close(List<RelayRun> runs) {
        for (RelayRun run : runs) {
            try {
                run.close();
            } catch (Exception e) {
                LOG.warn("{} could not be stopped in order", run.name(), e);
            }
        }
    }

    private static void start(Path folder, Effort effort, Findings findings, List<RelayRun> runs) throws Exception {
        begin(RelayGateways.start(Files.createDirectories(folder.resolve("own")), effort.domains()), findings, runs);
        for (String kind : List.of("prosody", "ejabberd")) {
            if (!RelayLab.isThere(Inputs.shared(), kind.equals("prosody") ? kind : "ejabberdctl")) {
                findings.note(kind + " was left out: the program or ../shared/peers is not here");
                continue;
            }
            try {
                Path own = Files.createDirectories(folder.resolve(kind));
                begin(RelayLab.start(Inputs.shared(), own, kind), findings, runs);
            } catch (Exception e) {
                findings.failed(kind, e);
            }
        }
    }

    private static void begin(RelayServers servers, Findings findings, List<RelayRun> runs) throws Exception {
        try {
            runs.add(RelayRun.begin(servers, findings));
        } catch (Exception e) {
            servers.close();
            throw e;
        }
    }

    /** What is done with one kind of server. */
    @FunctionalInterface
    private interface Step {
        void with(RelayRun run) throws Exception;
    }

    // A kind that fails is left out of what follows.
    private static void each(List<RelayRun> runs, Findings findings, Step step) throws Exception {
        for (RelayRun run : List.copyOf(runs)) {
            try {
                step.with(run);
            } catch (Exception e) {
                findings.failed(run.name(), e);
                runs.remove(run);
                run.close();
            }
        }
    }
}
