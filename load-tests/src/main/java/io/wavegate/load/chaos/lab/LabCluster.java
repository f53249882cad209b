package io.wavegate.load.chaos.lab;

import io.wavegate.load.chaos.net.LabHost;
import io.wavegate.load.chaos.net.LabNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The nodes of one gateway, which serves several domains. */
public final class LabCluster implements AutoCloseable {
    private final Plan plan;
    private final List<LabNode> nodes;

    /**
     * How a cluster is laid out.
     *
     * @param name short, for hosts and folders
     * @param domains that it serves
     * @param roles of each node
     * @param store HOCON with {@code wavegate.store}
     * @param fast whether nodes are taken for dead with the fast settings, not with those for production
     * @param further lines that win over everything else
     */
    public record Plan(
            String name, List<String> domains, List<Set<String>> roles, String store, boolean fast, String further) {
        public Plan {
            domains = List.copyOf(domains);
            roles = List.copyOf(roles);
        }
    }

    private LabCluster(Plan plan, List<LabNode> nodes) {
        this.plan = plan;
        this.nodes = List.copyOf(nodes);
    }

    /** Lays out hosts and files; nothing runs yet. */
    public static LabCluster layOut(Plan plan, LabNetwork network, LabKeys keys, String dns, Path folder)
            throws IOException {
        List<LabNode> nodes = new ArrayList<>();
        for (Set<String> roles : plan.roles()) {
            String name = plan.name() + (nodes.size() + 1);
            LabHost host = network.host(name);
            nodes.add(new LabNode(host, roles, folder.resolve(name)));
        }
        // The first one forms the cluster: one of those that are started first.
        List<String> seeds = nodes.size() == 1
                ? List.of()
                : nodes.stream()
                        .filter(LabNode::isShard)
                        .map(node -> node.host().address() + ":" + LabNode.CLUSTER_PORT)
                        .toList();
        for (LabNode node : nodes) {
            Files.writeString(node.configuration(), GatewayText.of(node, plan, seeds, keys, dns, plan.further()));
        }
        return new LabCluster(plan, nodes);
    }

    public Plan plan() {
        return plan;
    }

    public List<LabNode> nodes() {
        return nodes;
    }

    /** Those that own sockets. */
    public List<LabNode> edges() {
        return nodes.stream().filter(LabNode::isEdge).toList();
    }

    /** Those that run entities. */
    public List<LabNode> shards() {
        return nodes.stream().filter(LabNode::isShard).toList();
    }

    /** Hosts of these. */
    public static List<LabHost> hosts(List<LabNode> nodes) {
        return nodes.stream().map(LabNode::host).toList();
    }

    /** Starts first those that run entities, without which the others are of no use, then those. */
    public void start() throws IOException {
        start(shards());
        start(nodes.stream().filter(node -> !node.isShard()).toList());
    }

    // At once: the first seed node forms the cluster as soon as all others have said that they are in none.
    private static void start(List<LabNode> some) throws IOException {
        for (LabNode node : some) {
            node.launch();
        }
        for (LabNode node : some) {
            node.awaitStarted();
        }
    }

    /** Kills all. */
    @Override
    public void close() {
        nodes.forEach(LabNode::kill);
    }
}
