package io.wavegate.node.demo;

import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.config.FindingException;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Two gateways of two domains, and two people who type one wave through them. */
public final class Demonstration {
    private static final String HOST = "alpha.example";
    private static final String GUEST = "beta.example";
    private static final ParticipantId ADA = new ParticipantId("ada@" + HOST);
    private static final ParticipantId BEN = new ParticipantId("ben@" + GUEST);

    private final Path folder;
    private final PrintWriter out;
    private final List<DemoGateway> gateways = new ArrayList<>();

    /**
     * @param folder where authority, stores and logs are; what is missing is made
     * @param out told what happens
     */
    public Demonstration(Path folder, PrintWriter out) {
        this.folder = folder;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param traceFile what is typed; none: the default
     * @param keep whether the gateways go on afterwards
     * @return what came of it
     */
    public DemoOutcome run(Optional<Path> traceFile, boolean keep)
            throws IOException, FindingException, InterruptedException, TimeoutException, ExecutionException {
        DefaultTrace chosen = traceFile.isPresent()
                ? new DefaultTrace(
                        TraceReader.read(traceFile.get()), traceFile.get().toString())
                : DefaultTrace.find(Path.of(""));
        say("Typing " + chosen.from() + ": " + chosen.trace().transactions().size() + " edits of "
                + (chosen.trace().people() == 1 ? "one person; the other follows." : "two people."));
        Thread stopAtExit = new Thread(this::stop, "stop-gateways");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        boolean goesOn = false;
        try {
            DemoFolder files = DemoFolder.in(folder);
            start(files);
            ReplayReport report = replay(files, chosen.trace());
            out.println();
            report.lines().forEach(out::println);
            if (keep) {
                Runtime.getRuntime().removeShutdownHook(stopAtExit);
                explain(files, report);
                goesOn = true;
            }
            return DemoOutcome.of(report);
        } finally {
            if (!goesOn) {
                stop();
            }
        }
    }

    private ReplayReport replay(DemoFolder files, Trace trace)
            throws IOException, FindingException, InterruptedException, TimeoutException, ExecutionException {
        try (WavegateClient ada = client(files, gateways.get(0), ADA);
                WavegateClient ben = client(files, gateways.get(1), BEN)) {
            return new Replay(trace, ada, ben).run(typed -> progress(typed, trace));
        }
    }

    private void start(DemoFolder files) throws IOException, FindingException, InterruptedException {
        DemoPorts hostPorts = DemoPorts.free();
        DemoPorts guestPorts = DemoPorts.free();
        launch(files, HOST, hostPorts, Map.of(GUEST, guestPorts.streams()));
        launch(files, GUEST, guestPorts, Map.of(HOST, hostPorts.streams()));
        for (DemoGateway gateway : gateways) {
            gateway.awaitReady();
        }
        for (DemoGateway gateway : gateways) {
            say("Gateway of " + gateway.domain() + ": process " + gateway.pid() + ", federation on 127.0.0.1:"
                    + gateway.ports().streams() + ", client API on " + gateway.api() + ", log " + gateway.log());
        }
    }

    private void launch(DemoFolder files, String domain, DemoPorts ports, Map<String, Integer> peers)
            throws IOException {
        Path configuration = files.configure(domain, ports, peers);
        gateways.add(
                DemoGateway.start(domain, ports, configuration, files.of(domain).resolve("gateway.log")));
    }

    private static WavegateClient client(DemoFolder files, DemoGateway gateway, ParticipantId user)
            throws FindingException {
        return WavegateClient.connect(gateway.api(), files.token(user), user);
    }

    private void progress(int typed, Trace trace) {
        out.print("\rTyped " + typed + " of " + trace.transactions().size() + " edits");
        out.flush();
    }

    private void explain(DemoFolder files, ReplayReport report) throws FindingException {
        out.println();
        say("Both gateways go on. To talk to them:");
        for (DemoGateway gateway : gateways) {
            ParticipantId user = gateway.domain().equals(HOST) ? ADA : BEN;
            say("  " + user + ":  curl -H 'Authorization: Bearer " + files.token(user) + "' " + gateway.api()
                    + "/api/v1/wavelets");
        }
        say("The wave is " + report.name().toUri() + ". README and docs/client-api say what else can be asked.");
        say("To stop them:  kill " + gateways.get(0).pid() + " "
                + gateways.get(1).pid());
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private void stop() {
        gateways.forEach(DemoGateway::stop);
    }
}
