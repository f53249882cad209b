package io.wavegate.load.sim.stream;

import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.DnsRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What DNS has of the domains of a run, in one of the ways in which operators write it. */
public final class SimZones {
    private static final int PORT = 5269;
    private static final int DIRECT_TLS_PORT = 5270;

    private final Loop loop;
    private final Map<DnsQuestion, List<DnsRecord>> records = new LinkedHashMap<>();
    private int domains;

    /** How a domain is written down. */
    private enum Shape {
        /** A target for each node. */
        SRV,
        /** No SRV: the domain's own name has the addresses of all. */
        ADDRESSES,
        /** The first target is a host where nobody listens. */
        DEAD_TARGET,
        /** The first target has no address. */
        NAMELESS_TARGET,
        /** TLS first where possible. */
        DIRECT_TLS
    }

    /** @param loop whose chance decides */
    public SimZones(Loop loop) {
        this.loop = loop;
    }

    /** Writes down a domain; the addresses of its nodes follow from its place among the domains. */
    public void add(String domain, int nodes) {
        int number = ++domains;
        Shape shape = Shape.values()[loop.chance(Shape.values().length)];
        loop.line("DNS of " + domain + ": " + shape);
        String service = "_xmpp-server._tcp." + domain;
        if (shape == Shape.DEAD_TARGET || shape == Shape.NAMELESS_TARGET) {
            srv(service, 0, PORT, "gone." + domain);
        }
        if (shape == Shape.DEAD_TARGET) {
            put("gone." + domain, DnsQuestion.Type.A, new DnsRecord.Address(address(number, 200, false)));
        }
        for (int node = 0; node < nodes; node++) {
            String host = shape == Shape.ADDRESSES ? domain : "n" + node + "." + domain;
            addresses(number, node)
                    .forEach(address -> put(
                            host,
                            address.getAddress().length == 4 ? DnsQuestion.Type.A : DnsQuestion.Type.AAAA,
                            new DnsRecord.Address(address)));
            if (shape != Shape.ADDRESSES) {
                srv(service, 10, PORT, host);
            }
            if (shape == Shape.DIRECT_TLS) {
                srv("_xmpps-server._tcp." + domain, 5, DIRECT_TLS_PORT, host);
            }
        }
    }

    private void srv(String name, int priority, int port, String host) {
        put(name, DnsQuestion.Type.SRV, new DnsRecord.Srv(priority, loop.chance(10), port, host));
    }

    private void put(String name, DnsQuestion.Type type, DnsRecord record) {
        records.computeIfAbsent(new DnsQuestion(name, type), first -> new ArrayList<>())
                .add(record);
    }

    /** Where a node listens: an address of the old kind, and for some one of the new. */
    static List<InetAddress> addresses(int domain, int node) {
        InetAddress four = address(domain, node + 1, false);
        return node % 2 == 0 ? List.of(four) : List.of(address(domain, node + 1, true), four);
    }

    static boolean isDirectTls(int port) {
        return port == DIRECT_TLS_PORT;
    }

    private static InetAddress address(int domain, int host, boolean six) {
        byte[] four = {5, 9, (byte) domain, (byte) host};
        byte[] all = {0x2a, 1, 4, (byte) 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) domain, (byte) host};
        try {
            return InetAddress.getByAddress(six ? all : four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("addresses have 4 or 16 bytes", e);
        }
    }

    DnsAnswer answer(DnsQuestion question) {
        List<DnsRecord> found = records.get(question);
        if (found != null) {
            return new DnsAnswer.Found(found, List.of(), Duration.ofSeconds(loop.between(1, 60)));
        }
        boolean exists = records.keySet().stream()
                .anyMatch(known ->
                        known.name().equals(question.name()) || known.name().endsWith("." + question.name()));
        return new DnsAnswer.None(exists, Optional.empty());
    }
}
