package io.wavegate.load.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The TCP connections of one process's network, by the kernel's word: what it lists before and after is the same connection, no
 * matter what anybody's counters say.
 */
public final class TcpTable {
    private static final String ESTABLISHED = "01";

    private TcpTable() {}

    /**
     * A connection, as the one who reads sees it.
     *
     * @param local address and port here, in the kernel's form
     * @param remote address and port there
     * @param dialled whether it goes to a stream port there: made here. Else it came to ours
     */
    public record Connection(String local, String remote, boolean dialled) {}

    /** Established connections of streams that a node has with any of these others. */
    public static Set<Connection> streams(LabNode node, List<LabNode> others) throws IOException {
        Process process = node.process().process().orElseThrow(() -> new IOException(node + " does not run"));
        return streams(process.pid(), LabNode.STREAM_PORT, others);
    }

    /**
     * The same of any process.
     *
     * @param ownPort where it listens for streams
     */
    static Set<Connection> streams(long pid, int ownPort, List<LabNode> others) throws IOException {
        String here = String.format(":%04X", ownPort);
        String there = String.format(":%04X", LabNode.STREAM_PORT);
        Set<String> addresses = new HashSet<>();
        others.forEach(other -> addresses.add(kernelForm(other.host().address())));
        Set<Connection> connections = new HashSet<>();
        for (String file : List.of("tcp", "tcp6")) {
            Path table = Path.of("/proc", Long.toString(pid), "net", file);
            for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
                String[] fields = line.strip().split("\\s+", 5);
                if (fields.length < 4 || !fields[3].equals(ESTABLISHED)) {
                    continue;
                }
                boolean ours = fields[1].endsWith(here);
                boolean theirs = fields[2].endsWith(there);
                if ((ours || theirs) && addresses.contains(address(fields[2]))) {
                    connections.add(new Connection(fields[1], fields[2], theirs));
                }
            }
        }
        return connections;
    }

    // "0100007F:1F90", or the same at the end of an IPv6 address.
    private static String address(String field) {
        String hex = field.substring(0, field.indexOf(':'));
        return hex.substring(hex.length() - 8);
    }

    private static String kernelForm(String address) {
        String[] parts = address.split("\\.", -1);
        StringBuilder hex = new StringBuilder();
        for (int i = parts.length - 1; i >= 0; i--) {
            hex.append(String.format("%02X", Integer.parseInt(parts[i])));
        }
        return hex.toString();
    }
}
