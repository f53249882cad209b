package io.wavegate.load.chaos.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The DNS of a laboratory: for each domain the SRV records of its servers. It can be dead for a while. */
public final class LabDns implements AutoCloseable {
    private static final int LARGEST_QUESTION = 512;
    private static final long TTL = 5;

    private static final int PORT = 5353;

    private final List<DatagramSocket> sockets = new CopyOnWriteArrayList<>();
    private final Map<Name, List<Server>> services = new ConcurrentHashMap<>();
    private final Map<Name, InetAddress> hosts = new ConcurrentHashMap<>();
    private volatile boolean dead;

    /** Where servers of a domain listen. */
    public record Server(String name, String address, int port) {}

    private LabDns() {}

    /** Answers at this address, on port 5353 and, where that is allowed, on port 53. */
    public static LabDns start(String address) throws IOException {
        LabDns dns = new LabDns();
        dns.listen(new DatagramSocket(new InetSocketAddress(address, PORT)));
        try {
            dns.listen(new DatagramSocket(new InetSocketAddress(address, 53)));
        } catch (IOException notAllowed) {
            // Only other servers look there.
            return dns;
        }
        return dns;
    }

    private void listen(DatagramSocket socket) {
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(socket), "lab-dns-" + socket.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code address:port} for configurations. */
    public String address() {
        DatagramSocket first = sockets.get(0);
        return first.getLocalAddress().getHostAddress() + ":" + first.getLocalPort();
    }

    /** Other domains find this one at these servers, equal in rank. */
    public void publish(String domain, List<Server> servers) throws IOException {
        for (String name : List.of(domain, "wave." + domain)) {
            services.put(Name.fromString("_xmpp-server._tcp." + name + "."), List.copyOf(servers));
        }
        for (Server server : servers) {
            hosts.put(host(server), InetAddress.getByName(server.address()));
        }
    }

    /** From now on nobody gets an answer. */
    public void die() {
        dead = true;
    }

    /** It answers again. */
    public void live() {
        dead = false;
    }

    private void serve(DatagramSocket socket) {
        byte[] buffer = new byte[LARGEST_QUESTION];
        while (true) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                if (!dead) {
                    byte[] answer = answer(new Message(java.util.Arrays.copyOf(buffer, packet.getLength())))
                            .toWire();
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException noQuestion) {
                // Whoever sent it gets no answer.
                continue;
            }
        }
    }

    private Message answer(Message question) throws TextParseException {
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RD);
        answer.getHeader().setFlag(Flags.RA);
        Record asked = question.getQuestion();
        answer.addRecord(asked, Section.QUESTION);
        List<Server> servers = services.get(asked.getName());
        InetAddress host = hosts.get(asked.getName());
        if (servers != null && asked.getType() == Type.SRV) {
            for (Server server : servers) {
                answer.addRecord(
                        new SRVRecord(asked.getName(), DClass.IN, TTL, 10, 10, server.port(), host(server)),
                        Section.ANSWER);
            }
        } else if (host != null && asked.getType() == Type.A) {
            answer.addRecord(new ARecord(asked.getName(), DClass.IN, TTL, host), Section.ANSWER);
        } else if (servers == null && host == null) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer;
    }

    private static Name host(Server server) throws TextParseException {
        return Name.fromString(server.name() + ".lab.example.");
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
    }
}
