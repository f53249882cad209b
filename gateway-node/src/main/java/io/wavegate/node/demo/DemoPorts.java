package io.wavegate.node.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of one gateway, free when asked for.
 *
 * @param streams for other domains
 * @param api for clients
 * @param cluster for other nodes of the same gateway, if there are any
 */
record DemoPorts(int streams, int api, int cluster) {
    // Below those that operating systems give to connections: such a one could be gone before the gateway listens.
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;

    // All must be known before the gateways start: each one's configuration names those of others.
    static DemoPorts free() throws IOException {
        try (ServerSocket streams = socket();
                ServerSocket api = socket();
                ServerSocket cluster = socket()) {
            return new DemoPorts(streams.getLocalPort(), api.getLocalPort(), cluster.getLocalPort());
        }
    }

    private static ServerSocket socket() throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return listen(ThreadLocalRandom.current().nextInt(FIRST, END));
            } catch (IOException taken) {
                // Another one, then.
            }
        }
        return listen(0);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
