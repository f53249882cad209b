package io.wavegate.s2s.tls;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.DomainPair;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/** Makes the engines of one set of certificates, with one cache of sessions for each direction. */
final class TlsEngines {
    static {
        // JSSE reads this once. A peer that renegotiates makes us compute for it again and again (CVE-2021-32920
        // class),
        // and could change its certificate behind an authentication that is done.
        setUnlessGiven("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        // A ticket that holds the session, our certificates in it, is 4 KB, and JSSE keeps it twice at the client as
        // long as
        // the connection lives. With this a ticket is a number, and the session is in the server's cache, which is
        // bounded.
        setUnlessGiven("jdk.tls.server.enableSessionTicketExtension", "false");
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private final SSLContext context;
    private final TlsSettings settings;

    TlsEngines(DomainCertificates certificates, TlsSettings settings) {
        this.settings = settings;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new DomainKeys(certificates)}, new TrustManager[] {new AnyCertificate()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS: " + e.getMessage(), e);
        }
        bound(context.getClientSessionContext());
        bound(context.getServerSessionContext());
    }

    private void bound(SSLSessionContext sessions) {
        sessions.setSessionCacheSize(settings.sessionCacheSize());
        sessions.setSessionTimeout((int) settings.sessionTimeout().toSeconds());
    }

    SSLEngine client(DomainPair pair) {
        // JSSE resumes sessions by (peer host, port). The pair of domains stands for the host, so that a session is
        // resumed only between the two identities it was made for.
        SSLEngine engine = context.createSSLEngine(DomainKeys.hint(pair.local(), pair.remote()), 0);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        parameters.setServerNames(serverName(pair.remote()));
        engine.setSSLParameters(parameters);
        return engine;
    }

    SSLEngine server(String local) {
        SSLEngine engine = context.createSSLEngine(local, 0);
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        parameters.setWantClientAuth(true);
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(settings.protocols().toArray(new String[0]));
        parameters.setCipherSuites(settings.ciphers().toArray(new String[0]));
        return parameters;
    }

    private static List<SNIServerName> serverName(String domain) {
        return Domain.parse(domain).stream()
                .<SNIServerName>map(name -> new SNIHostName(name.ascii()))
                .toList();
    }
}
