package io.wavegate.load.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between two gateways that can be cut: what comes in here goes to a gateway's port, as long as it is whole. */
final class Wire implements Closeable {
    private static final int BUFFER = 16 << 10;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Wire(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, FreePorts.loopback(0).getAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Breaks every connection, and every new one at once. */
    void cut() {
        cut = true;
        sockets.forEach(Wire::close);
        sockets.clear();
    }

    /** New connections get through again. */
    void mend() {
        cut = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket from = listener.accept();
                if (cut) {
                    close(from);
                } else {
                    connect(from);
                }
            } catch (SocketException e) {
                // The listener was closed: the loop's condition ends it.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket from) {
        try {
            Socket to = new Socket(FreePorts.loopback(target).getAddress(), target);
            sockets.addAll(List.of(from, to));
            if (cut) {
                close(from);
                close(to);
            }
            daemon(() -> copy(from, to));
            daemon(() -> copy(to, from));
        } catch (IOException e) {
            // The gateway is not there: as the network says it.
            close(from);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Cut, or closed by an end: the other end hears of it below.
        } finally {
            close(from);
            close(to);
            sockets.removeAll(List.of(from, to));
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
