package io.wavegate.s2s.resolve;

import java.net.InetAddress;
import java.util.List;

/**
 * One server of a domain.
 *
 * @param host the SRV target or the domain itself; for DNS and display only, never for certificate checks (RFC 6120
 *     section 13.7.2)
 * @param port TCP port
 * @param directTls TLS from the first byte (XEP-0368) instead of STARTTLS
 * @param addresses the operator's, in the order to try; empty if DNS has to be asked for those of the host
 */
public record Target(String host, int port, boolean directTls, List<InetAddress> addresses) {
    public Target {
        addresses = List.copyOf(addresses);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("target " + host + " port " + port);
        }
    }

    /** One whose addresses DNS knows. */
    public Target(String host, int port, boolean directTls) {
        this(host, port, directTls, List.of());
    }

    /** One to be spoken to with STARTTLS, at these addresses. */
    public Target(String host, int port, List<InetAddress> addresses) {
        this(host, port, false, addresses);
    }

    /** What DNS is to be asked for; nothing if the addresses are known. AAAA goes first (RFC 8305 section 3). */
    List<DnsQuestion> questions() {
        return addresses.isEmpty()
                ? List.of(new DnsQuestion(host, DnsQuestion.Type.AAAA), new DnsQuestion(host, DnsQuestion.Type.A))
                : List.of();
    }

    /** For the operator. */
    String describe() {
        return host + " port " + port + (directTls ? " (direct TLS)" : "");
    }
}
