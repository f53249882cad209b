package io.wavegate.node.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports of one gateway, free when asked for.
 *
 * @param streams for other domains
 * @param api for clients
 * @param cluster for other nodes of the same gateway, if there are any
 */
record DemoPorts(int streams, int api, int cluster) {
    // All must be known before the gateways start: each one's configuration names those of others.
    static DemoPorts free() throws IOException {
        try (ServerSocket streams = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket cluster = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new DemoPorts(streams.getLocalPort(), api.getLocalPort(), cluster.getLocalPort());
        }
    }
}
