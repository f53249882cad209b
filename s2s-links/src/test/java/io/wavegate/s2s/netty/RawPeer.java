package io.wavegate.s2s.netty;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.tls.CertificateIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A peer that sends what the test says, right or wrong, over a plain socket or TLS. */
public final class RawPeer implements AutoCloseable {
    public static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private final Socket plain;
    private Socket socket;

    public RawPeer(InetSocketAddress address) throws IOException {
        plain = new Socket(address.getAddress(), address.getPort());
        plain.setSoTimeout(20_000);
        plain.setTcpNoDelay(true);
        socket = plain;
    }

    public static String header(String from, String to) {
        return "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback'"
                + " xmlns:stream='http://etherx.jabber.org/streams' from='" + from + "' to='" + to + "' version='1.0'>";
    }

    public RawPeer sends(String text) throws IOException {
        return sends(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawPeer sends(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads up to this text, which has to come. */
    public String reads(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new AssertionError("no " + end + " but the end after " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /** Reads to the end, which has to come. */
    public String readsToTheEnd() throws IOException {
        StringBuilder read = new StringBuilder();
        try {
            for (int octet = socket.getInputStream().read();
                    octet >= 0;
                    octet = socket.getInputStream().read()) {
                read.append((char) octet);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stays open after " + read, e);
        } catch (IOException reset) {
            return read.toString();
        }
        return read.toString();
    }

    /** Header, STARTTLS and TLS with this certificate, up to the features after it. */
    public RawPeer secures(String from, String to, LabCertificate certificate)
            throws IOException, GeneralSecurityException {
        sends(header(from, to)).reads("</stream:features>");
        sends(STARTTLS).reads("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        startsTls(certificate);
        sends(header(from, to)).reads("</stream:features>");
        return this;
    }

    /** Authenticates by EXTERNAL. */
    public RawPeer authenticates(String from, String to) throws IOException {
        sends("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>")
                .reads("<success");
        reads("/>");
        sends(header(from, to)).reads("</stream:features>");
        return this;
    }

    public void startsTls(LabCertificate certificate) throws IOException, GeneralSecurityException {
        startsTls(certificate, "peer");
    }

    /**
     * TLS with this certificate.
     *
     * @param serverName in SNI; none if it is empty
     * @param protocols in ALPN
     * @return the protocol that the other side picked, empty if none
     */
    public String startsTls(LabCertificate certificate, String serverName, String... protocols)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "own", certificate.key(), new char[0], certificate.chain().toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] managers = factory.getKeyManagers();
        context.init(managers, new TrustManager[] {new Anybody()}, null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "peer", socket.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
        parameters.setApplicationProtocols(protocols);
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        socket = tls;
        return tls.getApplicationProtocol();
    }

    /** The names in the certificate that the other side showed. */
    public List<String> names() throws SSLPeerUnverifiedException {
        return CertificateIdentity.names(certificate());
    }

    /** The certificate that the other side showed. */
    public X509Certificate certificate() throws SSLPeerUnverifiedException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    /** Goes away without the end of the stream or of TLS: what is in flight is lost. */
    public void resets() throws IOException {
        plain.setSoLinger(true, 0);
        plain.close();
    }

    /** Ends its sending direction and no more. */
    public void halfCloses() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
