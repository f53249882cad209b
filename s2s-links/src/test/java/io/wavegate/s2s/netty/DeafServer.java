package io.wavegate.s2s.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Takes connections and never says a word. It ends with the JVM. */
final class DeafServer {
    private DeafServer() {}

    static InetSocketAddress address() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }
}
