package io.wavegate.cassandra.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A real Cassandra of one node on a free port of the loopback, with one copy of everything. */
public final class CassandraProcess implements AutoCloseable {
    private static final int HEAP = 512;

    private static CassandraProcess shared;

    private final CassandraNode node;

    private CassandraProcess(CassandraNode node) {
        this.node = node;
    }

    /** The one of this JVM, started when first asked for and stopped at the end. */
    public static synchronized CassandraProcess shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Starts one more, and returns when it answers on its port: about ten seconds. */
    public static CassandraProcess start() {
        try {
            Place place = Place.loopback(1);
            List<String> hosts = List.of(place.host());
            CassandraNode node = CassandraNode.at(new NodePlan(
                    place, CassandraNode.freePort(hosts), CassandraNode.freePort(hosts), 0, hosts, HEAP, false));
            CassandraProcess cassandra = new CassandraProcess(node);
            node.launch();
            try {
                node.awaitReady(List.of());
            } catch (RuntimeException e) {
                cassandra.close();
                throw e;
            }
            return cassandra;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code host:port} of its CQL port. */
    public String contactPoint() {
        return node.plan().contactPoint();
    }

    /** What a configuration needs to use it: HOCON, to come before the defaults. Tables are created if missing. */
    public String storeConfiguration(String keyspace) {
        return StoreText.of(List.of(contactPoint()), keyspace, 1);
    }

    /** Stops it in its tracks (SIGSTOP), or lets it go on. */
    public void pause(boolean paused) {
        node.signal(paused ? "STOP" : "CONT");
    }

    /** Kills it and deletes its files. */
    @Override
    public void close() {
        try {
            node.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
