package io.wavegate.cassandra.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A real Cassandra of several nodes on this machine, each on an address of the loopback of its own and a JVM of its own.
 * What a node has acknowledged it has synced to its disk, so any of them may be killed and started again. They end with
 * this JVM, however it ends. Nodes are counted from 0. Not for use by several threads at once.
 */
public final class CassandraRing implements AutoCloseable {
    private static final int HEAP = 384;
    private static final long MEGABYTES_PER_NODE = 800;
    private static final int COPIES = 3;
    private static final int NATIVE_PORT = 9042;
    private static final int STORAGE_PORT = 7000;

    private final List<CassandraNode> nodes;

    private CassandraRing(List<CassandraNode> nodes) {
        this.nodes = nodes;
    }

    /** Starts nodes on 127.0.0.1, 127.0.0.2 and so on. Returns when all of them know all: three take half a minute. */
    public static CassandraRing start(int nodes) {
        return start(IntStream.rangeClosed(1, nodes).mapToObj(Place::loopback).toList());
    }

    /** Starts nodes at these places, whose hosts must be reachable from here. */
    public static CassandraRing start(List<Place> places) {
        CassandraRing ring = new CassandraRing(new ArrayList<>());
        try {
            ring.layOut(places);
            for (CassandraNode node : ring.nodes) {
                node.launch();
            }
            for (CassandraNode node : ring.nodes) {
                node.awaitReady(ring.others(node));
            }
            return ring;
        } catch (IOException e) {
            ring.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            ring.close();
            throw e;
        }
    }

    /** Why this machine cannot run so many nodes, if it cannot. */
    public static Optional<String> obstacle(int nodes) {
        try {
            for (int n = 1; n <= nodes; n++) {
                new ServerSocket(0, 1, InetAddress.getByName(Place.loopback(n).host())).close();
            }
        } catch (IOException e) {
            return Optional.of("the loopback of this machine has no addresses 127.0.0.1 to 127.0.0." + nodes);
        }
        long needed = nodes * MEGABYTES_PER_NODE;
        long available = availableMegabytes();
        return available < needed
                ? Optional.of(nodes + " nodes of Cassandra need " + needed + " MB of memory, and " + available
                        + " MB are free")
                : Optional.empty();
    }

    /** How many nodes there are, those that are down included. */
    public int size() {
        return nodes.size();
    }

    /** {@code host:port} of the CQL port of each. */
    public List<String> contactPoints() {
        return nodes.stream().map(node -> node.plan().contactPoint()).toList();
    }

    /** True unless it was killed or stopped. A paused one runs. */
    public boolean runs(int node) {
        return nodes.get(node).runs();
    }

    /** Kills it (SIGKILL). The others notice after some ten seconds. */
    public void kill(int node) {
        nodes.get(node).kill();
    }

    /** Ends it in order (SIGTERM): the others are told. Some seconds. */
    public void stop(int node) {
        nodes.get(node).stop();
    }

    /** Starts one that was killed or stopped, with its files. Returns when clients may come and it knows all that run. */
    public void restart(int node) {
        CassandraNode again = nodes.get(node);
        try {
            again.launch();
            again.awaitReady(others(again).stream().filter(CassandraNode::runs).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it in its tracks (SIGSTOP). */
    public void pause(int node) {
        nodes.get(node).signal("STOP");
    }

    /** Lets a paused one go on (SIGCONT). */
    public void resume(int node) {
        nodes.get(node).signal("CONT");
    }

    /**
     * What a configuration needs to use it: HOCON, to come before the defaults. Three copies of everything, or as many as
     * there are nodes. Tables are created if missing.
     */
    public String storeConfiguration(String keyspace) {
        return StoreText.of(contactPoints(), keyspace, Math.min(COPIES, nodes.size()));
    }

    /** Kills all and deletes their files. */
    @Override
    public void close() {
        try {
            for (CassandraNode node : nodes) {
                node.remove();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void layOut(List<Place> places) throws IOException {
        List<String> hosts = places.stream().map(Place::host).toList();
        // Hosts behind a launcher need not be of this machine's own network: nobody here can say which ports are free
        // there.
        boolean elsewhere = places.stream().noneMatch(place -> place.launcher().isEmpty());
        int nativePort = elsewhere ? NATIVE_PORT : CassandraNode.freePort(hosts);
        int storagePort = elsewhere ? STORAGE_PORT : CassandraNode.freePort(hosts);
        long step = Long.MAX_VALUE / places.size() * 2;
        for (int i = 0; i < places.size(); i++) {
            nodes.add(CassandraNode.at(new NodePlan(
                    places.get(i), nativePort, storagePort, Long.MIN_VALUE + 1 + i * step, hosts, HEAP, true)));
        }
    }

    private List<CassandraNode> others(CassandraNode node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    private static long availableMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
