package io.wavegate.s2s.resolve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The order in which the addresses of one host are tried: families take turns, IPv6 first (RFC 8305 section 4). */
final class AddressOrder {
    private AddressOrder() {}

    static List<InetAddress> of(Collection<InetAddress> addresses) {
        Deque<InetAddress> six = new ArrayDeque<>();
        Deque<InetAddress> four = new ArrayDeque<>();
        for (InetAddress address : addresses) {
            (address instanceof Inet6Address ? six : four).add(address);
        }
        List<InetAddress> ordered = new ArrayList<>(addresses.size());
        while (!six.isEmpty() || !four.isEmpty()) {
            if (!six.isEmpty()) {
                ordered.add(six.remove());
            }
            if (!four.isEmpty()) {
                ordered.add(four.remove());
            }
        }
        return ordered;
    }
}
