package io.wavegate.s2s.check;

import java.net.InetAddress;

/**
 * One address of one server.
 *
 * @param host the name that led to it
 * @param directTls TLS from the first byte (XEP-0368)
 */
public record ProbeTarget(String host, InetAddress address, int port, boolean directTls) {
    /** For people: address and port, and the way in. */
    String label() {
        return address.getHostAddress() + " port " + port + (directTls ? " (direct TLS)" : "");
    }
}
