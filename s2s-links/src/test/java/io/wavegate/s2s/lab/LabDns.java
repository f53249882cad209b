package io.wavegate.s2s.lab;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A small DNS server on loopback, UDP and TCP: answers from its records, with CNAMEs followed and NXDOMAIN where nothing
 * is; names can be made to fail or to stay silent. Knows nobody else, so no name leaves the machine.
 */
public final class LabDns implements AutoCloseable {
    private static final int UDP_LIMIT = 512;
    private static final Name ZONE = Name.fromConstantString("example.");
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    private final Set<Name> failing = ConcurrentHashMap.newKeySet();
    private final Set<Name> refusing = ConcurrentHashMap.newKeySet();
    private final Set<Name> silent = ConcurrentHashMap.newKeySet();
    private volatile long negativeTtl = -1;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param port 0 for a free one; libc's resolver needs 53 */
    public LabDns(InetAddress address, int port) throws IOException {
        tcp = new ServerSocket();
        tcp.setReuseAddress(true);
        tcp.bind(new InetSocketAddress(address, port));
        udp = new DatagramSocket(new InetSocketAddress(address, tcp.getLocalPort()));
        daemon(this::serveUdp);
        daemon(this::serveTcp);
    }

    public static LabDns onLoopback() throws IOException {
        return new LabDns(InetAddress.getLoopbackAddress(), 0);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    /** Zone file syntax: {@code add("b.example", 60, Type.A, "127.0.0.2")}. */
    public LabDns add(String owner, long ttl, int type, String value) throws IOException {
        Record record = Record.fromString(name(owner), type, DClass.IN, ttl, value, Name.root);
        records.computeIfAbsent(record.getName(), key -> new CopyOnWriteArrayList<>())
                .add(record);
        return this;
    }

    public LabDns add(String owner, int type, String value) throws IOException {
        return add(owner, 60, type, value);
    }

    /** SERVFAIL for whatever is asked about the name. */
    public LabDns fail(String owner) throws TextParseException {
        failing.add(name(owner));
        return this;
    }

    /** REFUSED for whatever is asked about the name. */
    public LabDns refuse(String owner) throws TextParseException {
        refusing.add(name(owner));
        return this;
    }

    /** From now on "no" comes with an SOA record that says how long it may be believed. */
    public LabDns negativeTtl(long seconds) {
        negativeTtl = seconds;
        return this;
    }

    /** No answer at all. */
    public LabDns silence(String owner) throws TextParseException {
        silent.add(name(owner));
        return this;
    }

    /** {@code TYPE name} of every question so far, over both transports. */
    public List<String> asked() {
        return asked;
    }

    private static Name name(String text) throws TextParseException {
        return Name.fromString(text, Name.root);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "lab-dns");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() {
        byte[] buffer = new byte[65_536];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                Message answer = answer(query);
                if (answer != null) {
                    byte[] wire = answer.toWire(
                            query.getOPT() == null ? UDP_LIMIT : query.getOPT().getPayloadSize());
                    udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
                }
            } catch (IOException closedOrNonsense) {
                continue;
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                socket.setSoTimeout(2000);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] wire = new byte[in.readUnsignedShort()];
                in.readFully(wire);
                Message answer = answer(new Message(wire));
                if (answer != null) {
                    byte[] reply = answer.toWire(65_535);
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    out.writeShort(reply.length);
                    out.write(reply);
                    out.flush();
                }
            } catch (IOException closedOrNonsense) {
                continue;
            }
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        asked.add(Type.string(question.getType()) + " " + question.getName().toString(true));
        if (silent.contains(question.getName())) {
            return null;
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            // RFC 1035 section 4.1.1: copied into the response; Erlang's resolver insists.
            answer.getHeader().setFlag(Flags.RD);
        }
        answer.addRecord(question, Section.QUESTION);
        if (failing.contains(question.getName()) || refusing.contains(question.getName())) {
            answer.getHeader().setRcode(failing.contains(question.getName()) ? Rcode.SERVFAIL : Rcode.REFUSED);
            return answer;
        }
        answer(question, answer);
        long ttl = negativeTtl;
        if (ttl >= 0 && answer.getSection(Section.ANSWER).isEmpty()) {
            answer.addRecord(
                    new SOARecord(ZONE, DClass.IN, 3600, ZONE, ZONE, 1, 3600, 600, 86_400, ttl), Section.AUTHORITY);
        }
        return answer;
    }

    private void answer(Record question, Message answer) {
        Name name = question.getName();
        for (int links = 0; links < 8; links++) {
            List<Record> found = records.get(name);
            if (found == null) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
                return;
            }
            Name alias = null;
            for (Record record : found) {
                if (record.getType() == question.getType()) {
                    answer.addRecord(record, Section.ANSWER);
                } else if (record.getType() == Type.CNAME) {
                    answer.addRecord(record, Section.ANSWER);
                    alias = ((CNAMERecord) record).getTarget();
                }
            }
            if (alias == null) {
                return;
            }
            name = alias;
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
