package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.netty.LoopbackGateway.good;

import io.wavegate.s2s.lab.LabCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;

/** A server of another domain that says what its script says to each gateway that connects. */
public final class HostileServer implements AutoCloseable {
    static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
    static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";
    public static final String EXTERNAL =
            "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + "<mechanism>EXTERNAL</mechanism></mechanisms>";
    private static final int TIMEOUT_MILLIS = 20_000;

    final AtomicInteger connections = new AtomicInteger();
    private final String domain;
    private final LabCertificate certificate;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final StringBuffer heard = new StringBuffer();
    private volatile Script script = Conversation::waits;

    /** What is said on one connection. */
    public interface Script {
        void play(Conversation conversation) throws IOException, GeneralSecurityException;
    }

    public HostileServer(String domain) throws IOException {
        this(domain, good(domain));
    }

    HostileServer(String domain, LabCertificate certificate) throws IOException {
        this.domain = domain;
        this.certificate = certificate;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "hostile server");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** From now on. */
    public void script(Script next) {
        script = next;
    }

    /** Everything that gateways said, once this was among it. */
    public String heard(String text) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> heard.indexOf(text) >= 0);
        return heard.toString();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                socket.setSoTimeout(TIMEOUT_MILLIS);
                sockets.add(socket);
                Thread thread = new Thread(() -> play(socket), "hostile server's connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            heard.append("\n(closed)");
        }
    }

    private void play(Socket socket) {
        try (Conversation conversation = new Conversation(socket)) {
            script.play(conversation);
        } catch (IOException | GeneralSecurityException over) {
            heard.append("\n(over: ").append(over.getMessage()).append(')');
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection, from the server's side. */
    public final class Conversation implements AutoCloseable {
        private Socket socket;

        private Conversation(Socket socket) {
            this.socket = socket;
        }

        public Conversation sends(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return this;
        }

        public Conversation reads(String end) throws IOException {
            StringBuilder read = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (read.indexOf(end) < 0) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("the end instead of " + end);
                }
                read.append((char) octet);
                heard.append((char) octet);
            }
            return this;
        }

        /** Until the other side goes. */
        public void waits() throws IOException {
            reads("this is never said");
        }

        /** Header and features in answer to a header. */
        public Conversation answersHeader(String id, String features) throws IOException {
            reads("<stream:stream").reads(">");
            return sends("<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' from='" + domain + "' id='" + id
                    + "' version='1.0'><stream:features>" + features + "</stream:features>");
        }

        /** Header, STARTTLS and TLS, and the features after it. */
        public Conversation opens(String id, String features) throws IOException, GeneralSecurityException {
            answersHeader(id + "-plain", STARTTLS).reads("<starttls").reads("/>");
            sends("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").startsTls();
            return answersHeader(id, features);
        }

        public Conversation startsTls() throws IOException, GeneralSecurityException {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "own", certificate.key(), new char[0], certificate.chain().toArray(new Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            socket = tls;
            return this;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
