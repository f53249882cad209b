package io.wavegate.s2s.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Which addresses a stranger's DNS may lead us to. Without it a name in somebody's zone could aim us at services of our
 * own host and network (server-side request forgery).
 */
final class AddressPolicy {
    private AddressPolicy() {}

    /** Reachable from everywhere, as far as the special-purpose registries say (RFC 6890 and its updates). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicIpv4(bytes, 0) : isPublicIpv6(bytes);
    }

    private static boolean isPublicIpv4(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        int third = bytes[at + 2] & 0xff;
        boolean here = first == 0 || first == 127 || first >= 224; // this network, loopback, multicast and reserved
        boolean privateUse = first == 10
                || (first == 172 && (second & 0xf0) == 16)
                || (first == 192 && second == 168)
                || (first == 169 && second == 254)
                || (first == 100 && (second & 0xc0) == 64); // carrier-grade NAT
        boolean special = (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 198 && (second & 0xfe) == 18)
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113);
        return !here && !privateUse && !special;
    }

    private static boolean isPublicIpv6(byte[] bytes) {
        if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) {
            // NAT64 (RFC 6052): as public as the IPv4 address inside, which the gateway would be led to.
            return bytes[4] == 0 && bytes[5] == 0 && isPublicIpv4(bytes, 12);
        }
        if (startsWith(bytes, 0x20, 0x02)) {
            return isPublicIpv4(bytes, 2); // 6to4
        }
        boolean globalUnicast = (bytes[0] & 0xe0) == 0x20;
        boolean documentation = startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8);
        boolean teredo = startsWith(bytes, 0x20, 0x01, 0x00, 0x00);
        return globalUnicast && !documentation && !teredo;
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
