package io.wavegate.load.chaos.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A network name space for each host, all on one bridge, of which this machine has an address too. Two hosts are cut from each
 * other by giving each a wrong hardware address of the other: what they send goes out and arrives nowhere, as with a switch that
 * has failed. That needs nothing but iproute2.
 */
public final class NamespaceNetwork implements LabNetwork {
    /** Where servers of the peer lab look for their DNS. */
    private static final int OWN = 53;

    private static final String NOWHERE = "02:00:00:00:00:01";

    private final String prefix;
    private final String net;
    private final List<LabHost> hosts = new ArrayList<>();
    private final Set<Cut> cuts = new LinkedHashSet<>();

    private record Cut(LabHost one, LabHost other) {}

    private NamespaceNetwork(int number) {
        this.prefix = "wg" + number;
        this.net = "10.213." + number + ".";
    }

    /** Whether we may make name spaces here. */
    public static boolean isPossible() {
        try {
            String name = "wgtry" + ProcessHandle.current().pid();
            Command.run("ip", "netns", "add", name);
            Command.run("ip", "netns", "del", name);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the bridge. */
    public static NamespaceNetwork start() throws IOException {
        for (int number = 1; number < 255; number++) {
            if (!Files.exists(Path.of("/sys/class/net/wg" + number + "br"))) {
                NamespaceNetwork network = new NamespaceNetwork(number);
                network.makeBridge();
                return network;
            }
        }
        throw new IOException("there are 254 bridges wg1br to wg254br already: delete those of runs that were killed");
    }

    private void makeBridge() throws IOException {
        Command.run("ip", "link", "add", bridge(), "type", "bridge");
        try {
            Command.run("ip", "addr", "add", ownAddress() + "/24", "dev", bridge());
            Command.run("ip", "link", "set", bridge(), "up");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private String bridge() {
        return prefix + "br";
    }

    @Override
    public synchronized LabHost host(String name) throws IOException {
        int number = hosts.size() + 1;
        if (number >= OWN) {
            throw new IOException("a laboratory has at most " + (OWN - 1) + " hosts");
        }
        String space = prefix + name;
        LabHost host = new LabHost(name, net + number, List.of("ip", "netns", "exec", space));
        String outside = prefix + "v" + number;
        Command.run("ip", "netns", "add", space);
        hosts.add(host);
        Command.run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", space);
        Command.run("ip", "link", "set", outside, "master", bridge(), "up");
        Command.run("ip", "-n", space, "addr", "add", host.address() + "/24", "dev", "eth0");
        Command.run("ip", "-n", space, "link", "set", "eth0", "up");
        Command.run("ip", "-n", space, "link", "set", "lo", "up");
        return host;
    }

    @Override
    public String ownAddress() {
        return net + OWN;
    }

    @Override
    public boolean canCut() {
        return true;
    }

    @Override
    public synchronized void cut(LabHost one, LabHost other) throws IOException {
        cuts.add(new Cut(one, other));
        mislead(one, other);
        mislead(other, one);
    }

    private void mislead(LabHost one, LabHost other) throws IOException {
        Command.run(
                "ip",
                "-n",
                prefix + one.name(),
                "neigh",
                "replace",
                other.address(),
                "lladdr",
                NOWHERE,
                "nud",
                "permanent",
                "dev",
                "eth0");
    }

    @Override
    public synchronized void heal(LabHost one, LabHost other) {
        cuts.remove(new Cut(one, other));
        Command.attempt("ip", "-n", prefix + one.name(), "neigh", "del", other.address(), "dev", "eth0");
        Command.attempt("ip", "-n", prefix + other.name(), "neigh", "del", one.address(), "dev", "eth0");
    }

    @Override
    public synchronized void healAll() {
        List.copyOf(cuts).forEach(cut -> heal(cut.one(), cut.other()));
    }

    @Override
    public synchronized void close() {
        for (LabHost host : hosts) {
            Command.attempt("ip", "netns", "del", prefix + host.name());
        }
        hosts.clear();
        Command.attempt("ip", "link", "del", bridge());
    }
}
