package io.wavegate.load.chaos.lab;

import io.wavegate.cassandra.runtime.CassandraRing;
import io.wavegate.cassandra.runtime.Place;
import io.wavegate.load.chaos.net.LabHost;
import io.wavegate.load.chaos.net.LabNetwork;
import io.wavegate.node.config.FindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that runs: network, DNS, store and two clusters. Closing ends all of it, however far it had come. */
public final class ChaosLab implements AutoCloseable {
    private final LabPlan plan;
    private final Path folder;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final LabNetwork network;
    private final LabKeys keys;
    private final LabDns dns;
    private final List<LabHost> storeHosts = new ArrayList<>();
    private final List<LabDisk> storeDisks = new ArrayList<>();
    private final CassandraRing store;
    private final List<PeerServer> peers;
    private final LabCluster near;
    private final LabCluster far;

    /**
     * Starts all, the clusters last; returns when both take requests.
     *
     * @param folder for configurations and logs, which stay
     */
    public ChaosLab(LabPlan plan, Path folder) throws IOException, FindingException {
        this.plan = plan;
        this.folder = Files.createDirectories(folder);
        // Also on Ctrl-C, and also while it starts.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        try {
            network = closing(LabNetwork.best());
            keys = new LabKeys(folder);
            dns = closing(LabDns.start(network.ownAddress()));
            store = closing(startStore());
            peers = plan.peers() ? startPeers() : List.of();
            near = closing(layOut("near", plan.near()));
            far = closing(layOut("far", plan.far()));
            near.start();
            far.start();
        } catch (IOException | FindingException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T closing(T what) {
        synchronized (running) {
            running.push(what);
        }
        return what;
    }

    private CassandraRing startStore() throws IOException {
        List<Place> places = new ArrayList<>();
        for (int n = 1; n <= plan.cassandra(); n++) {
            LabHost host = network.host("store" + n);
            storeHosts.add(host);
            Optional<LabDisk> disk = network.canCut() ? LabDisk.mount(folder, host.name()) : Optional.empty();
            disk.ifPresent(mounted -> storeDisks.add(closing(mounted)));
            places.add(new Place(host.address(), host.launcher(), disk.map(mounted -> mounted.root()
                    .resolve("cassandra"))));
        }
        return CassandraRing.start(places);
    }

    private List<PeerServer> startPeers() throws IOException {
        List<PeerServer> started = new ArrayList<>();
        for (PeerServer.Kind kind : PeerServer.Kind.values()) {
            if (network.canCut() && kind.isInstalled()) {
                started.add(closing(PeerServer.start(kind, network, keys, dns, folder)));
            }
        }
        return List.copyOf(started);
    }

    private LabCluster layOut(String side, List<Set<String>> roles) throws IOException {
        LabCluster cluster = LabCluster.layOut(
                new LabCluster.Plan(
                        side, plan.domains(side), roles, store.storeConfiguration(side), plan.fast(), trust()),
                network,
                keys,
                dns.address(),
                folder);
        List<LabDns.Server> servers = cluster.edges().stream()
                .map(node -> new LabDns.Server(node.name(), node.host().address(), LabNode.STREAM_PORT))
                .toList();
        for (String domain : cluster.plan().domains()) {
            dns.publish(domain, servers);
        }
        return cluster;
    }

    private String trust() {
        return peers.stream()
                .map(peer -> "wavegate.s2s.tls.trust-anchors += \"" + peer.anchor() + "\"\n")
                .collect(java.util.stream.Collectors.joining());
    }

    /** The servers of other makes that are there. */
    public List<PeerServer> peers() {
        return peers;
    }

    public LabPlan plan() {
        return plan;
    }

    public LabNetwork network() {
        return network;
    }

    public LabKeys keys() {
        return keys;
    }

    public LabDns dns() {
        return dns;
    }

    public CassandraRing store() {
        return store;
    }

    /** The hosts of the store's nodes, in their order. */
    public List<LabHost> storeHosts() {
        return List.copyOf(storeHosts);
    }

    /** The disks of the store's nodes, in their order; none where this machine does not allow such. */
    public List<LabDisk> storeDisks() {
        return List.copyOf(storeDisks);
    }

    /** The cluster that is hurt. */
    public LabCluster near() {
        return near;
    }

    /** The nodes of both clusters. */
    public List<LabNode> gateways() {
        return java.util.stream.Stream.concat(near.nodes().stream(), far.nodes().stream())
                .toList();
    }

    /** The remote domains' cluster. */
    public LabCluster far() {
        return far;
    }

    @Override
    public void close() {
        synchronized (running) {
            while (!running.isEmpty()) {
                try {
                    running.pop().close();
                } catch (Exception e) {
                    System.err.println("chaos: something of the laboratory did not end: " + e);
                }
            }
        }
    }
}
