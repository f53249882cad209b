package io.wavegate.cluster.formation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A DNS server on the loopback that knows the addresses of one name (RFC 1035 section 4), and no other. */
final class AddressServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket;
    private final String name;
    private final List<InetAddress> addresses;

    AddressServer(String name, List<InetAddress> addresses) throws IOException {
        this.name = name;
        this.addresses = addresses;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket query = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(query);
                byte[] answer = answer(Arrays.copyOf(buffer, query.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private byte[] answer(byte[] query) {
        StringBuilder asked = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            asked.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII))
                    .append('.');
            at += query[at] + 1;
        }
        int type = query[at + 1] << 8 | query[at + 2];
        int questionEnd = at + 5;
        boolean known = asked.toString().equals(name + ".");
        int count = known && type == TYPE_A ? addresses.size() : 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // A response, recursion available; a name that is not known does not exist.
        out.writeBytes(new byte[] {
            query[0], query[1], (byte) 0x81, (byte) (known ? 0x80 : 0x83), 0, 1, 0, (byte) count, 0, 0, 0, 0
        });
        out.write(query, HEADER, questionEnd - HEADER);
        for (InetAddress address : addresses.subList(0, count)) {
            out.writeBytes(new byte[] {(byte) 0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4});
            out.writeBytes(address.getAddress());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
