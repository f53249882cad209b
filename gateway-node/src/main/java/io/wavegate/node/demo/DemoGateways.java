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
    private final DemoProcesses processes = new DemoProcesses(() -> {});

    private DemoGateways(DemoFolder files) {
        this.files = files;
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
        launch(HOST, hostPorts, Map.of(GUEST, List.of(guestPorts)));
        launch(GUEST, guestPorts, Map.of(HOST, List.of(hostPorts)));
        for (DemoGateway gateway : processes.all()) {
            gateway.awaitReady();
        }
    }

    private void launch(String domain, DemoPorts ports, Map<String, List<DemoPorts>> peers) throws IOException {
        processes.launch(domain, ports, files.configure(domain, ports, peers));
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
        try (WavegateClient ada = client(host());
                WavegateClient ben = client(guest())) {
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
        return new GatewayCpu(host().cpu(), guest().cpu());
    }

    private DemoGateway host() {
        return processes.all().get(0);
    }

    private DemoGateway guest() {
        return processes.all().get(1);
    }

    /** For a person: which processes there are and where. */
    List<String> lines() {
        return processes.all().stream().map(DemoGateway::line).toList();
    }

    /** Lets them go on after the end of this process, and tells a person how to talk to them. */
    List<String> leave() throws FindingException {
        processes.leave();
        List<String> lines = new ArrayList<>(List.of("Both gateways go on. To talk to them:"));
        for (DemoGateway gateway : processes.all()) {
            ParticipantId user = user(gateway);
            lines.add("  " + user + ":  " + gateway.listing(files.token(user)));
        }
        lines.add("To stop them:  kill " + host().pid() + " " + guest().pid());
        return lines;
    }

    /** Stops them in order. */
    @Override
    public void close() {
        processes.close();
    }
}
