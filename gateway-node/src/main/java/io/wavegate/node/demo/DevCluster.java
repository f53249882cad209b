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
import java.util.stream.Collectors;

/**
 * A whole cluster on this machine: a Cassandra, several nodes of one domain, and a gateway of another domain for them to
 * federate with, each in a process of its own. All of it ends with this process.
 */
public final class DevCluster implements AutoCloseable {
    private static final String HOST = "alpha.example";
    private static final String GUEST = "beta.example";
    private static final String KEYSPACE = "wavegate_dev";
    private static final int SEEDS = 2;
    private static final int SECRET_BYTES = 16;

    private final DemoFolder files;
    private final CassandraProcess cassandra;
    private final DemoProcesses processes;

    private DevCluster(DemoFolder files, CassandraProcess cassandra) {
        this.files = files;
        this.cassandra = cassandra;
        this.processes = new DemoProcesses(cassandra::close);
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
        for (int i = 0; i < nodes; i++) {
            ports.add(DemoPorts.free());
        }
        String common = cassandra.storeConfiguration(KEYSPACE) + membership(ports);
        for (int i = 0; i < nodes; i++) {
            progress.accept("Node " + (i + 1) + " of " + HOST + " starts ...");
            String more = common + "wavegate.cluster.port = " + ports.get(i).cluster() + "\n";
            // The first forms the cluster and makes the tables; the others find both.
            launch(HOST + "-" + (i + 1), HOST, ports.get(i), Map.of(GUEST, List.of(guest)), more);
        }
        progress.accept("The gateway of " + GUEST + " starts ...");
        launch(GUEST, GUEST, guest, Map.of(HOST, ports), "wavegate.store.kind = memory\n");
    }

    /** What all nodes of the cluster have in common. */
    private static String membership(List<DemoPorts> nodes) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        String seeds = nodes.stream()
                .limit(SEEDS)
                .map(ports -> "\"127.0.0.1:" + ports.cluster() + "\"")
                .collect(Collectors.joining(", "));
        return """
                wavegate.cluster { seed-nodes = [%s], failure-detection = fast }
                wavegate.s2s.streams.dialback-secrets = ["%s"]
                """
                .formatted(seeds, HexFormat.of().formatHex(secret));
    }

    private void launch(String node, String domain, DemoPorts ports, Map<String, List<DemoPorts>> peers, String more)
            throws IOException, FindingException, InterruptedException {
        processes
                .launch(domain, ports, files.configure(node, domain, ports, peers, more))
                .awaitReady();
    }

    /** For a person: what there is, and how to talk to it. */
    public List<String> lines() throws FindingException {
        List<String> lines = new ArrayList<>();
        for (DemoGateway gateway : processes.all()) {
            boolean isMember = gateway.domain().equals(HOST);
            lines.add(gateway.line() + (isMember ? ", member " + gateway.member() + " of its cluster" : ""));
        }
        DemoGateway first = processes.all().get(0);
        String config = " --config " + first.configuration();
        ParticipantId ada = new ParticipantId("ada@" + HOST);
        lines.add("");
        lines.add("Members, shards, where something lives:  ./wavegate cluster" + config);
        lines.add("Links with other domains:                ./wavegate links" + config);
        lines.add("A token for anybody:                     ./wavegate token" + config + " --user " + ada);
        lines.add("The waves of " + ada + ", at any node:  " + first.listing(files.token(ada)));
        lines.add("Kill a node and start it again:          kill -9 " + first.pid() + "; ./wavegate run" + config);
        return lines;
    }

    /** Tells when a process ends that was not to. */
    public void watch(Consumer<String> listener) {
        for (DemoGateway gateway : processes.all()) {
            CompletableFuture<Void> told = gateway.ended().thenAccept(code -> {
                if (!processes.isStopping()) {
                    listener.accept("Process %d ended with exit code %d; its log: %s"
                            .formatted(gateway.pid(), code, gateway.log()));
                }
            });
            told.exceptionally(failure -> null);
        }
    }

    /** Stops all of it in order. */
    @Override
    public void close() {
        processes.close();
    }
}
