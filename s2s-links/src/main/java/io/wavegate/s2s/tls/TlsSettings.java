package io.wavegate.s2s.tls;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.s2s.settings.Bounded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code wavegate.s2s.tls}; each key is explained in {@code reference.conf}.
 *
 * @param protocols of {@code TLSv1.3} and {@code TLSv1.2}
 * @param trustAnchors PEM files of certificate authorities
 * @param systemAnchors whether the authorities that the JVM trusts count as well
 * @param sessionCacheSize TLS sessions kept for resumption, each direction
 * @param sessionTimeout how long a TLS session can be resumed
 * @param certificateCheck from one look at the files of our certificates to the next; zero for never
 * @param certificateWarning how long before the end of one of ours to warn of it
 */
public record TlsSettings(
        List<String> protocols,
        List<Path> trustAnchors,
        boolean systemAnchors,
        int sessionCacheSize,
        Duration sessionTimeout,
        Duration certificateCheck,
        Duration certificateWarning) {
    private static final List<String> KNOWN_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Forward secrecy and authenticated encryption only (RFC 9325 section 4.2). */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    public TlsSettings {
        protocols = List.copyOf(protocols);
        trustAnchors = List.copyOf(trustAnchors);
    }

    /**
     * @param config the value of {@code wavegate.s2s.tls}
     * @throws ConfigException naming the key, if one is missing or out of bounds
     */
    public static TlsSettings from(Config config) {
        List<String> protocols = config.getStringList("protocols");
        if (protocols.isEmpty() || !KNOWN_PROTOCOLS.containsAll(protocols)) {
            throw new ConfigException.BadValue(
                    config.origin(), "protocols", "is " + protocols + ", takes one or both of " + KNOWN_PROTOCOLS);
        }
        int cacheSize = config.getInt("session-cache-size");
        if (cacheSize < 1) {
            // JSSE reads 0 as "without limit".
            throw new ConfigException.BadValue(
                    config.origin(), "session-cache-size", "is " + cacheSize + ", must be at least 1");
        }
        Duration timeout = config.getDuration("session-timeout");
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new ConfigException.BadValue(
                    config.origin(), "session-timeout", "is " + timeout + ", must be between 1 s and 1 day");
        }
        return new TlsSettings(
                protocols,
                config.getStringList("trust-anchors").stream().map(Path::of).toList(),
                config.getBoolean("system-anchors"),
                cacheSize,
                timeout,
                Bounded.duration(config, "certificate-check-interval", Duration.ZERO, Duration.ofDays(1)),
                Bounded.duration(config, "certificate-warning", Duration.ZERO, Duration.ofDays(365)));
    }

    List<String> ciphers() {
        return CIPHERS;
    }
}
