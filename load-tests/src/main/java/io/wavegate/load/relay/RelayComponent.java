package io.wavegate.load.relay;

import io.wavegate.s2s.component.ComponentSecret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A component (XEP-0114) that costs next to nothing itself: it counts the ends of messages in what it reads, and writes bytes
 * that were made before.
 */
public final class RelayComponent implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("<stream:stream[^>]*\\sid=['\"]([^'\"]*)['\"]");
    private static final byte[] END = "</message>".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 * 1024;
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(120);

    private final String host;
    private final Socket socket;
    private volatile IntConsumer onMessages = count -> {};

    private RelayComponent(String host, Socket socket) {
        this.host = host;
        this.socket = socket;
    }

    /** Connects; fails if the server does not take it. */
    public static RelayComponent connect(String host, InetSocketAddress server, String secret) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(server, 5_000);
        socket.setSoTimeout((int) HANDSHAKE_TIMEOUT.toMillis());
        RelayComponent component = new RelayComponent(host, socket);
        component.write(bytes("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                + " xmlns:stream='http://etherx.jabber.org/streams' to='" + host + "'>"));
        Matcher header = ID.matcher(component.readUntil(ID));
        if (!header.find()) {
            throw new IOException("no header");
        }
        component.write(bytes("<handshake>" + new ComponentSecret(secret).handshake(header.group(1)) + "</handshake>"));
        component.readUntil(Pattern.compile("<handshake[^>]*>"));
        // While others have their turn there is nothing to read, for minutes.
        socket.setSoTimeout(0);
        Thread reader = new Thread(component::read, "relay-" + host);
        reader.setDaemon(true);
        reader.start();
        return component;
    }

    public String host() {
        return host;
    }

    /** Told how many messages have ended, on the reading thread. */
    public void onMessages(IntConsumer listener) {
        onMessages = listener;
    }

    public synchronized void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** A message with a body such that all of it has this many bytes. */
    public byte[] message(String to, int size) {
        String head = "<message from='" + host + "/load' to='" + to + "' id='b'><body>";
        String tail = "</body></message>";
        return bytes(head + "x".repeat(Math.max(1, size - head.length() - tail.length())) + tail);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String readUntil(Pattern wanted) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!wanted.matcher(text).find()) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("component " + host + " was refused: " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    private void read() {
        byte[] buffer = new byte[BUFFER];
        int matched = 0;
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int ends = 0;
                for (int i = 0; i < count; i++) {
                    matched = buffer[i] == END[matched] ? matched + 1 : buffer[i] == END[0] ? 1 : 0;
                    if (matched == END.length) {
                        ends++;
                        matched = 0;
                    }
                }
                if (ends > 0) {
                    onMessages.accept(ends);
                }
            }
        } catch (IOException closed) {
            onMessages = count -> {};
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
