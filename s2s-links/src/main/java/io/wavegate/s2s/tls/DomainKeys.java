package io.wavegate.s2s.tls;

import io.wavegate.s2s.jid.Domain;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Picks the certificate for each handshake. The domain travels as the engine's peer host, the only thing of ours that
 * JSSE hands to a key manager; aliases are domains.
 */
final class DomainKeys extends X509ExtendedKeyManager {
    private static final char BETWEEN = '>';
    private final DomainCertificates certificates;

    DomainKeys(DomainCertificates certificates) {
        this.certificates = certificates;
    }

    /** The peer host of an engine that connects: which domain of ours speaks to which other. */
    static String hint(String localDomain, String remoteDomain) {
        return localDomain + BETWEEN + remoteDomain;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        String hint = engine.getPeerHost();
        if (hint == null || hint.indexOf(BETWEEN) < 0) {
            return null;
        }
        String domain = hint.substring(0, hint.indexOf(BETWEEN));
        // The issuers that the peer names are ignored: our one certificate is offered in any case, and refused
        // readably.
        for (String keyType : keyTypes) {
            if (has(domain, keyType)) {
                return domain;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        Optional<String> named = requestedName(engine)
                .filter(name -> certificates.forDomain(name).isPresent());
        return named.or(() -> Optional.ofNullable(engine.getPeerHost()))
                .flatMap(certificates::shownFor)
                .filter(domain -> has(domain, keyType))
                .orElse(null);
    }

    private static Optional<String> requestedName(SSLEngine engine) {
        SSLSession session = engine.getHandshakeSession();
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return Domain.parse(host.getAsciiName()).map(Domain::value);
                }
            }
        }
        return Optional.empty();
    }

    private boolean has(String domain, String keyType) {
        return certificates
                .forDomain(domain)
                .filter(found -> suits(found.key().getAlgorithm(), keyType))
                .isPresent();
    }

    /** JSSE appends the issuer's algorithm in old cipher suites ({@code EC_RSA}); a plain RSA key also signs as RSASSA-PSS. */
    private static boolean suits(String algorithm, String keyType) {
        return keyType.equals(algorithm)
                || keyType.startsWith(algorithm + "_")
                || (keyType.equals("EdDSA") && algorithm.startsWith("Ed"));
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return certificates
                .forDomain(alias)
                .map(found -> found.chain().toArray(new X509Certificate[0]))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return certificates.forDomain(alias).map(DomainCertificate::key).orElse(null);
    }

    // Only engines are used; the methods for sockets and for listing choose nothing.

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
