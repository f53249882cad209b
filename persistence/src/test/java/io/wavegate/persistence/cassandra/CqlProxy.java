package io.wavegate.persistence.cassandra;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Stands between a driver and a Cassandra and does to the driver's batches (our appends) what a network and a paused
 * process do. Everything else passes.
 */
final class CqlProxy implements AutoCloseable {
    /** What becomes of a batch. */
    enum Fate {
        /** It goes through, and so does its answer. */
        PASS,
        /** The connection breaks before it has gone out: it has no effect. */
        CUT_BEFORE,
        /** The connection breaks when its answer comes: it has had its effect. */
        CUT_AFTER,
        /** It goes through, and of its answer and all later ones on this connection nothing is heard. */
        NO_ANSWER,
        /** It stays here, and everything behind it, until {@link #release}: a writer that is paused and wakes. */
        HOLD
    }

    private final String host;
    private final int port;
    private final ServerSocket server;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicLong answeredBytes = new AtomicLong();
    private volatile Supplier<Fate> fates = () -> Fate.PASS;
    private volatile CountDownLatch held = new CountDownLatch(1);

    CqlProxy(String contactPoint) throws IOException {
        this.host = contactPoint.substring(0, contactPoint.indexOf(':'));
        this.port = Integer.parseInt(contactPoint.substring(contactPoint.indexOf(':') + 1));
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        thread(this::accept);
    }

    String contactPoint() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** How many batches have come. */
    int batches() {
        return batches.get();
    }

    /** How many bytes Cassandra has answered with. */
    long answeredBytes() {
        return answeredBytes.get();
    }

    /** Asked once for each batch, from several threads. */
    void onBatch(Supplier<Fate> fate) {
        fates = fate;
    }

    /** Lets go on what is held now. */
    void release() {
        CountDownLatch former = held;
        held = new CountDownLatch(1);
        former.countDown();
    }

    @Override
    public void close() throws IOException {
        server.close();
        release();
        for (Closeable one : open) {
            one.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket cassandra = new Socket(host, port);
            open.add(client);
            open.add(cassandra);
            new Connection(client, cassandra).start();
        }
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // The other direction notices too.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }

    /** One connection of the driver. */
    private final class Connection {
        private final Socket client;
        private final Socket cassandra;
        private volatile boolean cutAtAnswer;
        private volatile boolean mute;

        Connection(Socket client, Socket cassandra) {
            this.client = client;
            this.cassandra = cassandra;
        }

        void start() {
            thread(this::answers);
            thread(this::requests);
        }

        private void answers() throws IOException {
            try (client;
                    cassandra) {
                byte[] bytes = new byte[1 << 16];
                InputStream in = cassandra.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int n = in.read(bytes); n >= 0 && !cutAtAnswer; n = in.read(bytes)) {
                    answeredBytes.addAndGet(n);
                    if (!mute) {
                        out.write(bytes, 0, n);
                    }
                }
            }
        }

        private void requests() throws IOException {
            try (cassandra) {
                CqlFrames frames = new CqlFrames(new DataInputStream(client.getInputStream()));
                OutputStream out = cassandra.getOutputStream();
                for (byte[] frame = frames.next(); frame.length > 0; frame = frames.next()) {
                    if (frames.holdsBatch()) {
                        batches.incrementAndGet();
                        Fate fate = fates.get();
                        mute |= fate == Fate.NO_ANSWER;
                        cutAtAnswer |= fate == Fate.CUT_AFTER;
                        if (fate == Fate.CUT_BEFORE) {
                            client.close();
                            return;
                        }
                        if (fate == Fate.HOLD) {
                            awaitRelease();
                        }
                    }
                    out.write(frame);
                }
            }
        }

        private void awaitRelease() {
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }
}
