package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.LabCertificate;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/** One connection of a scripted peer: text out, text in by pattern, TLS with any certificate or none. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private Socket socket;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads on until this is there, and no further. */
    Matcher read(Pattern wanted) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the end after " + text);
            }
            text.append((char) octet);
            if (octet == '>') {
                Matcher matcher = wanted.matcher(text);
                if (matcher.find()) {
                    return matcher;
                }
            }
        }
    }

    boolean isSecured() {
        return socket instanceof SSLSocket;
    }

    void startTls(boolean asServer, Optional<LabCertificate> own) throws IOException {
        SSLSocket tls =
                (SSLSocket) context(own).getSocketFactory().createSocket(socket, "peer", socket.getPort(), true);
        tls.setUseClientMode(!asServer);
        if (asServer) {
            tls.setWantClientAuth(true);
        }
        tls.startHandshake();
        socket = tls;
    }

    /** What the other side showed. */
    Optional<X509Certificate> shown() {
        try {
            return Optional.of(
                    (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException nothing) {
            return Optional.empty();
        }
    }

    private static SSLContext context(Optional<LabCertificate> own) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = own.map(certificate -> new KeyManager[] {new OneKey(certificate)})
                    .orElseGet(() -> new KeyManager[0]);
            context.init(keys, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Shows its certificate whatever the other side asks for; a key store would cost a derived key for each connection. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final LabCertificate own;

        private OneKey(LabCertificate own) {
            this.own = own;
        }

        private String ifKind(String type) {
            return type.startsWith(own.key().getAlgorithm()) ? "own" : null;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return Arrays.stream(types).anyMatch(type -> ifKind(type) != null) ? "own" : null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return ifKind(type);
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }
    }

    /** The peer's verdict comes from its script, not from here. */
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
