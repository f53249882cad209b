package io.wavegate.s2s.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one address: in IPv6 a /64, as everybody has one and can use any address in it. */
public final class Network {
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** The network that an address is in, as a key. */
    public static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes);
    }
}
