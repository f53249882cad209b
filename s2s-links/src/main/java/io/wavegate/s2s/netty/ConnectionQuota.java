package io.wavegate.s2s.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts connections, in all and from one address; an IPv6 network of /64 counts as one address. */
final class ConnectionQuota {
    private final int most;
    private final int mostFromOne;
    private final Map<InetAddress, Integer> counts = new HashMap<>();
    private int total;

    ConnectionQuota(int most, int mostFromOne) {
        this.most = most;
        this.mostFromOne = mostFromOne;
    }

    /** Takes a place, if there is one; then {@link #release} gives it back. */
    synchronized boolean tryAcquire(InetAddress address) {
        InetAddress origin = network(address);
        int count = counts.getOrDefault(origin, 0);
        if (total >= most || count >= mostFromOne) {
            return false;
        }
        total++;
        counts.put(origin, count + 1);
        return true;
    }

    synchronized void release(InetAddress address) {
        total--;
        counts.computeIfPresent(network(address), (origin, count) -> count == 1 ? null : count - 1);
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("sixteen bytes are an address", impossible);
        }
    }
}
