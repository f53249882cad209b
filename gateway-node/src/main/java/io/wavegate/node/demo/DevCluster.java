package io.wavegate.node.demo;

import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.node.config.FindingException;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A whole cluster on this machine: a Cassandra, several nodes of one domain, and a gateway of another domain for them to
 * federate with, each in a process of its own. All of it ends with this process.
 */
public final class DevCluster implements AutoCloseable {
    private static final String HOST = "alpha.example";
    private static final String GUEST = "beta.example";
    private static final int SEEDS = 2;
    private static final int SECRET_BYTES = 16;

    private final DemoFolder files;
    private final CassandraProcess cassandra;
    private final List<DemoGateway> gateways = new ArrayList<>();
    private final List<Path> configurations = new ArrayList<>();
    private final Thread stopAtExit = new Thread(this::stop, "stop-cluster");
    private boolean stopping;

    private DevCluster(DemoFolder files, CassandraProcess cassandra) {
        this.files = files;
        this.cassandra = cassandra;
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * Starts all of it, and returns when all nodes are ready.
     *
     * @param folder where authority and logs are; what is missing is made. The waves are in a temporary folder of Cassandra
     * @param progress told what is being started
     * @throws FindingException if something does not start
     */
    public static DevCluster start(Path folder, int nodes, Consumer<String> progress)
            throws IOException, FindingException, InterruptedException {
        DemoFolder files = DemoFolder.in(folder);
        progress.accept("Cassandra starts ...");
        DevCluster cluster = new DevCluster(files, cassandra());
        boolean isReady = false;
        try {
            cluster.launch(nodes, progress);
            isReady = true;
            return cluster;
        } finally {
            if (!isReady) {
                cluster.close();
            }
        }
    }

    private static CassandraProcess cassandra() throws FindingException {
        try {
            return CassandraProcess.start();
        } catch (IllegalStateException e) {
            throw new FindingException(
                    "Cassandra",
                    String.valueOf(e.getMessage()),
                    "It is run from the libraries that Maven fetched when this was built, on a JDK 17; build again from the"
                            + " checkout with `mvn -pl gateway-node -am package -DskipTests`");
        }
    }

    private void launch(int nodes, Consumer<String> progress)
            throws IOException, FindingException, InterruptedException {
        DemoPorts guest = DemoPorts.free();
        List<DemoPorts> ports = new ArrayList<>();
        List<DemoPorts> internal = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            ports.add(DemoPorts.free());
            internal.add(DemoPorts.free());
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        for (int i = 0; i < nodes; i++) {
            progress.accept("Node " + (i + 1) + " of " + HOST + " starts ...");
            String more = store() + member(i, internal, HexFormat.of().formatHex(secret));
            start(HOST + "-" + (i + 1), HOST, ports.get(i), Map.of(GUEST, guest.streams()), more);
            // The first forms the cluster and makes the tables; the others find both.
            gateways.get(i).awaitReady();
        }
        progress.accept("The gateway of " + GUEST + " starts ...");
        String memory = "wavegate.store.kind = memory\n";
        start(GUEST, GUEST, guest, Map.of(HOST, ports.get(0).streams()), memory);
        gateways.get(nodes).awaitReady();
    }

    private String store() {
        return cassandra.storeConfiguration("wavegate_dev");
    }

    private static String member(int number, List<DemoPorts> internal, String secret) {
        List<String> seeds = internal.stream()
                .limit(SEEDS)
                .map(ports -> "\"127.0.0.1:" + ports.streams() + "\"")
                .toList();
        return """
                wavegate.cluster { port = %d, seed-nodes = [%s], failure-detection = fast }
                wavegate.s2s.streams.dialback-secrets = ["%s"]
                """
                .formatted(internal.get(number).streams(), String.join(", ", seeds), secret);
    }

    private void start(String node, String domain, DemoPorts ports, Map<String, Integer> peers, String more)
            throws IOException {
        Path configuration = files.configure(node, domain, ports, peers, more);
        configurations.add(configuration);
        gateways.add(
                DemoGateway.start(domain, ports, configuration, files.of(node).resolve("gateway.log")));
    }

    /** For a person: what there is, and how to talk to it. */
    public List<String> lines() throws FindingException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < gateways.size(); i++) {
            DemoGateway gateway = gateways.get(i);
            lines.add("%s: process %d, client API %s, federation on 127.0.0.1:%d, configuration %s"
                    .formatted(
                            gateway.domain(),
                            gateway.pid(),
                            gateway.api(),
                            gateway.ports().streams(),
                            configurations.get(i)));
        }
        Path first = configurations.get(0);
        ParticipantId ada = new ParticipantId("ada@" + HOST);
        lines.add("");
        lines.add("Members, shards, where something lives:  wavegate cluster --config " + first);
        lines.add("Links with other domains:                wavegate links --config " + first);
        lines.add("A token for anybody:                     wavegate token --config " + first + " --user " + ada);
        lines.add("The waves of " + ada + ", at any node:  curl -H 'Authorization: Bearer " + files.token(ada) + "' "
                + gateways.get(0).api() + "/api/v1/wavelets");
        lines.add("Kill a node and start it again:          kill -9 "
                + gateways.get(0).pid() + "; wavegate run --config " + first);
        return lines;
    }

    /** Tells when a process ends that was not to. */
    public void watch(Consumer<String> listener) {
        for (DemoGateway gateway : gateways) {
            CompletableFuture<Void> told = gateway.ended().thenAccept(code -> {
                if (!isStopping()) {
                    listener.accept("Process %d ended with exit code %d; its log: %s"
                            .formatted(gateway.pid(), code, gateway.log()));
                }
            });
            told.exceptionally(failure -> null);
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void stop() {
        synchronized (this) {
            stopping = true;
        }
        // All at once: each waits for its own time-outs.
        gateways.stream()
                .map(gateway -> CompletableFuture.runAsync(gateway::stop, work -> new Thread(work).start()))
                .toList()
                .forEach(CompletableFuture::join);
        cassandra.close();
    }

    /** Stops all of it in order. */
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
