package io.wavegate.s2s.resolve;

import java.net.InetAddress;
import java.util.List;

/**
 * One server of a domain, to be spoken to with STARTTLS.
 *
 * @param host the SRV target or the domain itself; for display only, never for certificate checks (RFC 6120 section 13.7.2)
 * @param port TCP port
 * @param addresses in the order to try, at least one
 */
public record Target(String host, int port, List<InetAddress> addresses) {
    public Target {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("target " + host + " port " + port + " with " + addresses);
        }
    }
}
