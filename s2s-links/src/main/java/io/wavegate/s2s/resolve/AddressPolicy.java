package io.wavegate.s2s.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which addresses a stranger's DNS may lead us to. Without it a name in somebody's zone could aim us at services of our
 * own host and network (server-side request forgery).
 */
enum AddressPolicy {
    /** What is reachable from everywhere, as far as the special-purpose registries say (RFC 6890 and its updates). */
    PUBLIC,
    /** Everything. */
    ANY;

    /** Why DNS may not lead there; empty if it may. */
    Optional<String> refusal(InetAddress address) {
        return this == ANY ? Optional.empty() : notPublic(address);
    }

    private static Optional<String> notPublic(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return Optional.of("unspecified");
        }
        if (address.isLoopbackAddress()) {
            return Optional.of("loopback");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("link-local");
        }
        if (address.isMulticastAddress()) {
            return Optional.of("multicast");
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? ofIpv4(bytes) : ofIpv6(bytes);
    }

    private static Optional<String> ofIpv4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        if (first == 10 || (first == 172 && (second & 0xf0) == 16) || (first == 192 && second == 168)) {
            return Optional.of("private network");
        }
        if (first == 100 && (second & 0xc0) == 64) {
            return Optional.of("carrier-grade NAT");
        }
        if (first == 127) {
            return Optional.of("loopback");
        }
        if (first == 169 && second == 254) {
            return Optional.of("link-local");
        }
        boolean reserved = first == 0
                || first >= 224
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 192 && second == 88 && third == 99)
                || (first == 198 && (second & 0xfe) == 18)
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113);
        return reserved ? Optional.of("reserved") : Optional.empty();
    }

    private static Optional<String> ofIpv6(byte[] bytes) {
        if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) {
            // NAT64 (RFC 6052): as public as the IPv4 address inside, which the gateway would be led to. Other lengths
            // of
            // the prefix are of one network only (RFC 8215).
            boolean wellKnown = startsWith(bytes, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
            return wellKnown ? embedded(bytes, 12, "NAT64") : Optional.of("NAT64 of a private network");
        }
        if (startsWith(bytes, 0x20, 0x02)) {
            return embedded(bytes, 2, "6to4");
        }
        if ((bytes[0] & 0xfe) == 0xfc || ((bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xc0) == 0xc0)) {
            return Optional.of("private network");
        }
        boolean globalUnicast = (bytes[0] & 0xe0) == 0x20;
        // 2001::/23 is Teredo, benchmarks, identifiers and protocols; nothing that serves XMPP (RFC 2928).
        boolean special = startsWith(bytes, 0x20, 0x01) && (bytes[2] & 0xfe) == 0;
        boolean documentation =
                startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8) || (startsWith(bytes, 0x3f, 0xff) && (bytes[2] & 0xf0) == 0);
        return globalUnicast && !special && !documentation ? Optional.empty() : Optional.of("reserved");
    }

    private static Optional<String> embedded(byte[] bytes, int at, String form) {
        byte[] ipv4 = Arrays.copyOfRange(bytes, at, at + 4);
        boolean unspecified = ipv4[0] == 0;
        return (unspecified ? Optional.of("unspecified") : ofIpv4(ipv4)).map(inside -> inside + " inside " + form);
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
