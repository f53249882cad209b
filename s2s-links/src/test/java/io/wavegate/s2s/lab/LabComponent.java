package io.wavegate.s2s.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A Wave server as Apache Wave is deployed: a component (XEP-0114) behind a real XMPP server. Says in disco#info that it is
 * one, gives receipts in the old form, keeps all it gets. Takes stanzas apart by pattern: what it reads was written by the
 * server behind which it is.
 */
public final class LabComponent implements AutoCloseable {
    public static final String SECRET = "behind the server";
    private static final String WAVE = "http://waveprotocol.org/protocol/0.2/waveserver";
    private static final Pattern ID = Pattern.compile("<stream:stream[^>]*\\sid=['\"]([^'\"]*)['\"]");
    private static final Pattern STANZA = Pattern.compile(
            "<(iq|message|presence)\\b(?:[^>'\"]|'[^']*'|\"[^\"]*\")*?(?:/>|>.*?</\\1>)", Pattern.DOTALL);

    private final String domain;
    private final Socket socket;
    private final StringBuilder unread = new StringBuilder();
    private volatile boolean over;
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> taker = stanza -> false;

    private LabComponent(String domain, Socket socket) {
        this.domain = domain;
        this.socket = socket;
    }

    /** Connects as {@code wave.} + the server's domain. */
    public static LabComponent behind(PeerServer server) throws IOException {
        return connect("wave." + server.domain(), server.componentPort(), SECRET);
    }

    /**
     * Connects as {@code wave.} + the server's domain.
     *
     * @param taker gets each stanza; of what it does not take, updates and disco#info are answered
     */
    public static LabComponent behind(PeerServer server, Predicate<String> taker) throws IOException {
        LabComponent component = deaf("wave." + server.domain(), server.componentPort(), SECRET);
        component.taker = taker;
        component.listen();
        return component;
    }

    /** What those servers and their component share. */
    public static String secret() {
        return SECRET;
    }

    /** Connects as any component. */
    public static LabComponent connect(String domain, int port, String secret) throws IOException {
        return connect(domain, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), secret);
    }

    /** Connects to a server elsewhere. */
    public static LabComponent connect(String domain, InetSocketAddress server, String secret) throws IOException {
        LabComponent component = deaf(domain, server, secret);
        component.listen();
        return component;
    }

    private void listen() {
        Thread reader = new Thread(this::read, "lab-component");
        reader.setDaemon(true);
        reader.start();
    }

    /** Connects as a component that reads nothing after the handshake. */
    public static LabComponent deaf(String domain, int port, String secret) throws IOException {
        return deaf(domain, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), secret);
    }

    private static LabComponent deaf(String domain, InetSocketAddress server, String secret) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        LabComponent component = new LabComponent(domain, socket);
        component.handshake(secret);
        return component;
    }

    private void handshake(String secret) throws IOException {
        send("<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='"
                + domain + "'>");
        String id = readUntil(ID).group(1);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((id + secret).getBytes(StandardCharsets.UTF_8));
            send("<handshake>" + HexFormat.of().formatHex(digest) + "</handshake>");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        readUntil(Pattern.compile("<handshake[^>]*>"));
    }

    public String domain() {
        return domain;
    }

    /** Writes a stanza as it is. */
    public synchronized void send(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Asks with one empty child, waits for the answer. */
    public String ask(String to, String id, String namespace, String child) throws IOException {
        send("<iq type='get' id='" + id + "' from='" + domain + "' to='" + to + "'><" + child + " xmlns='" + namespace
                + "'/></iq>");
        return await("answer " + id, stanza -> attribute(stanza, "id").equals(Optional.of(id)));
    }

    /** The first stanza of this kind, waiting for it. */
    public String await(String what, Predicate<String> kind) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .until(() -> arrived.stream().filter(kind).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    public static Optional<String> attribute(String stanza, String name) {
        Matcher matcher =
                Pattern.compile("^<[^>]*?\\s" + name + "=['\"]([^'\"]*)['\"]").matcher(stanza);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private void read() {
        try {
            while (!socket.isClosed()) {
                String stanza = readUntil(STANZA).group();
                arrived.add(stanza);
                if (!taker.test(stanza)) {
                    answer(stanza);
                }
            }
        } catch (IOException closed) {
            over = true;
        }
    }

    private void answer(String stanza) throws IOException {
        if (stanza.contains("disco#info") && attribute(stanza, "type").equals(Optional.of("get"))) {
            send("<iq type='result'" + back(stanza) + "><query xmlns='http://jabber.org/protocol/disco#info'>"
                    + "<identity category='collaboration' type='apache-wave' name='Lab'/><feature var='" + WAVE
                    + "'/></query></iq>");
        } else if (stanza.startsWith("<message") && stanza.contains("urn:xmpp:receipts")) {
            send("<message" + back(stanza) + "><received xmlns='urn:xmpp:receipts'/></message>");
        }
    }

    /** Everything that arrived, in order. */
    public List<String> arrived() {
        return arrived;
    }

    /** Whether the other side has ended it. */
    public boolean isClosed() {
        return over;
    }

    /** What came behind the last stanza. */
    public synchronized String leftUnread() {
        return unread.toString();
    }

    private static String back(String stanza) {
        return " id='" + attribute(stanza, "id").orElseThrow() + "' from='"
                + attribute(stanza, "to").orElseThrow() + "' to='"
                + attribute(stanza, "from").orElseThrow() + "'";
    }

    private Matcher readUntil(Pattern wanted) throws IOException {
        byte[] bytes = new byte[8192];
        InputStream in = socket.getInputStream();
        while (true) {
            Matcher matcher = wanted.matcher(unread.toString());
            if (matcher.find()) {
                unread.delete(0, matcher.end());
                return matcher;
            }
            int count = in.read(bytes);
            if (count < 0) {
                throw new IOException("the component's stream ended after " + unread);
            }
            unread.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
