package io.wavegate.s2s.resolve;

import java.net.InetAddress;

/** The part of a DNS record that matters here. */
public sealed interface DnsRecord {
    /**
     * RFC 2782.
     *
     * @param priority lower is tried first
     * @param weight share of first places among equal priorities
     * @param port TCP port
     * @param target host name without the final dot, {@code "."} for "not offered"
     */
    record Srv(int priority, int weight, int port, String target) implements DnsRecord {
        boolean notOffered() {
            return target.equals(".");
        }

        @Override
        public String toString() {
            return priority + " " + weight + " " + port + " " + target;
        }
    }

    /** The value of an A or AAAA record. */
    record Address(InetAddress address) implements DnsRecord {
        @Override
        public String toString() {
            return address.getHostAddress();
        }
    }
}
