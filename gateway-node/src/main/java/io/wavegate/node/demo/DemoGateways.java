package io.wavegate.node.demo;

import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.config.FindingException;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Two gateways of two domains, each in a process of its own, with a person at each. They end with this process. */
public final class DemoGateways implements AutoCloseable {
    private static final String HOST = "alpha.example";
    private static final String GUEST = "beta.example";

    private final DemoFolder files;
    private final List<DemoGateway> gateways = new ArrayList<>();
    private final Thread stopAtExit = new Thread(this::stop, "stop-gateways");

    private DemoGateways(DemoFolder files) {
        this.files = files;
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * Starts them and waits until they take requests.
     *
     * @param folder where authority, stores and logs are; what is missing is made
     * @throws FindingException if one of them does not start; its log says why
     */
    public static DemoGateways start(Path folder) throws IOException, FindingException, InterruptedException {
        DemoGateways started = new DemoGateways(DemoFolder.in(folder));
        boolean isReady = false;
        try {
            started.launchBoth();
            isReady = true;
            return started;
        } finally {
            if (!isReady) {
                started.close();
            }
        }
    }

    private void launchBoth() throws IOException, FindingException, InterruptedException {
        DemoPorts hostPorts = DemoPorts.free();
        DemoPorts guestPorts = DemoPorts.free();
        launch(HOST, hostPorts, Map.of(GUEST, guestPorts.streams()));
        launch(GUEST, guestPorts, Map.of(HOST, hostPorts.streams()));
        for (DemoGateway gateway : gateways) {
            gateway.awaitReady();
        }
    }

    private void launch(String domain, DemoPorts ports, Map<String, Integer> peers) throws IOException {
        Path configuration = files.configure(domain, ports, peers);
        gateways.add(
                DemoGateway.start(domain, ports, configuration, files.of(domain).resolve("gateway.log")));
    }

    /**
     * Types a trace into a new wave: its first person at the first gateway, its second at the other.
     *
     * @param progress told now and then how many edits have been typed
     * @throws TimeoutException if nothing moves any more
     */
    public DemoOutcome type(Trace trace, Pace pace, IntConsumer progress)
            throws IOException, FindingException, InterruptedException, TimeoutException, ExecutionException {
        return DemoOutcome.of(replay(trace, pace, progress));
    }

    ReplayReport replay(Trace trace, Pace pace, IntConsumer progress)
            throws IOException, FindingException, InterruptedException, TimeoutException, ExecutionException {
        try (WavegateClient ada = client(gateways.get(0));
                WavegateClient ben = client(gateways.get(1))) {
            return new Replay(trace, pace, ada, ben, this::cpu).run(progress);
        }
    }

    private WavegateClient client(DemoGateway gateway) throws FindingException {
        ParticipantId user = user(gateway);
        return WavegateClient.connect(gateway.api(), files.token(user), user);
    }

    private static ParticipantId user(DemoGateway gateway) {
        String name = gateway.domain().equals(HOST) ? "ada" : "ben";
        return new ParticipantId(name + "@" + gateway.domain());
    }

    private GatewayCpu cpu() {
        return new GatewayCpu(gateways.get(0).cpu(), gateways.get(1).cpu());
    }

    /** For a person: which processes there are and where. */
    List<String> lines() {
        return gateways.stream()
                .map(gateway -> "Gateway of " + gateway.domain() + ": process " + gateway.pid()
                        + ", federation on 127.0.0.1:" + gateway.ports().streams() + ", client API on " + gateway.api()
                        + ", log " + gateway.log())
                .toList();
    }

    /** Lets them go on after the end of this process, and tells a person how to talk to them. */
    List<String> leave() throws FindingException {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        List<String> lines = new ArrayList<>(List.of("Both gateways go on. To talk to them:"));
        for (DemoGateway gateway : gateways) {
            ParticipantId user = user(gateway);
            lines.add("  " + user + ":  curl -H 'Authorization: Bearer " + files.token(user) + "' " + gateway.api()
                    + "/api/v1/wavelets");
        }
        lines.add("To stop them:  kill " + gateways.get(0).pid() + " "
                + gateways.get(1).pid());
        return lines;
    }

    private void stop() {
        gateways.forEach(DemoGateway::stop);
    }

    /** Stops them in order. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException atExit) {
            // The process ends anyway, and the hook finds nothing to stop.
        }
    }
}
