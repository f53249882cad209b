package io.wavegate.s2s.resolve;

import java.net.InetAddress;
import java.util.List;

/**
 * One server of a domain.
 *
 * @param host the SRV target or the domain itself; for display only, never for certificate checks (RFC 6120 section 13.7.2)
 * @param port TCP port
 * @param directTls TLS from the first byte (XEP-0368) instead of STARTTLS
 * @param addresses in the order to try, at least one
 */
public record Target(String host, int port, boolean directTls, List<InetAddress> addresses) {
    public Target {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("target " + host + " port " + port + " with " + addresses);
        }
    }

    /** One to be spoken to with STARTTLS. */
    public Target(String host, int port, List<InetAddress> addresses) {
        this(host, port, false, addresses);
    }
}
