package io.wavegate.s2s.netty;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import io.wavegate.s2s.limit.LimitSettings;
import io.wavegate.s2s.resolve.Endpoint;
import io.wavegate.s2s.settings.Bounded;
import io.wavegate.s2s.stream.StreamExtensions;
import io.wavegate.s2s.stream.StreamLimits;
import io.wavegate.s2s.stream.StreamPolicies;
import io.wavegate.s2s.stream.StreamTimeouts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code wavegate.s2s.listen}, {@code wavegate.s2s.listen-direct-tls} and {@code wavegate.s2s.streams}; each key is explained in {@code reference.conf}.
 *
 * @param listen where to accept streams
 * @param listenDirectTls where to accept streams that begin with TLS (XEP-0368)
 * @param connectTimeout for one TCP connection
 * @param openTimeout for all targets of a domain together
 * @param writeTimeout for written data to leave us and be acknowledged
 * @param keepalive after which silence of ours to write a space
 * @param timeouts of the states of a stream
 * @param limits of one stream
 * @param extensions offered and used
 * @param inboundBytes stanzas of one stream that may wait to be taken over
 * @param most of many streams together
 * @param dialbackSecrets the one to make keys with first; empty for a random one
 * @param policies for remote domains
 */
public record StreamsSettings(
        List<InetSocketAddress> listen,
        List<InetSocketAddress> listenDirectTls,
        Duration connectTimeout,
        Duration openTimeout,
        Duration writeTimeout,
        Duration keepalive,
        StreamTimeouts timeouts,
        StreamLimits limits,
        StreamExtensions extensions,
        int inboundBytes,
        LimitSettings most,
        List<String> dialbackSecrets,
        StreamPolicies policies) {
    private static final int DEFAULT_PORT = 5269;
    private static final int DIRECT_TLS_PORT = 5270;
    private static final int LEAST_SECRET = 16;
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration HOUR = Duration.ofHours(1);

    public StreamsSettings {
        listen = List.copyOf(listen);
        listenDirectTls = List.copyOf(listenDirectTls);
        dialbackSecrets = List.copyOf(dialbackSecrets);
    }

    /** The same for a node that accepts no streams. */
    public StreamsSettings withoutListeners() {
        return new StreamsSettings(
                List.of(),
                List.of(),
                connectTimeout,
                openTimeout,
                writeTimeout,
                keepalive,
                timeouts,
                limits,
                extensions,
                inboundBytes,
                most,
                dialbackSecrets,
                policies);
    }

    /**
     * @param s2s the value of {@code wavegate.s2s}
     * @throws ConfigException naming the key, if one is missing or out of bounds
     */
    public static StreamsSettings from(Config s2s) {
        Config streams = s2s.getConfig("streams");
        Config limits = streams.getConfig("limits");
        return new StreamsSettings(
                listen(s2s, "listen", DEFAULT_PORT),
                listen(s2s, "listen-direct-tls", DIRECT_TLS_PORT),
                Bounded.duration(streams, "connect-timeout", LEAST, HOUR),
                Bounded.duration(streams, "open-timeout", LEAST, HOUR),
                Bounded.duration(streams, "write-timeout", LEAST, HOUR),
                Bounded.duration(streams, "keepalive", Duration.ofSeconds(1), Duration.ofDays(1)),
                timeouts(streams.getConfig("timeouts")),
                new StreamLimits(
                        (int) Bounded.bytes(limits, "element-bytes-before-authentication", 10_000, 10_000_000),
                        (int) Bounded.bytes(limits, "element-bytes", 10_000, 100_000_000),
                        Bounded.number(limits, "pairs", 1, 10_000),
                        Bounded.number(limits, "sasl-attempts", 1, 5)),
                extensions(streams.getConfig("extensions")),
                (int) Bounded.bytes(limits, "inbound-bytes", 10_000, 1_000_000_000),
                LimitSettings.from(limits),
                secrets(streams),
                ConfiguredPolicies.from(streams));
    }

    private static StreamTimeouts timeouts(Config config) {
        return new StreamTimeouts(
                Bounded.duration(config, "header", LEAST, HOUR),
                Bounded.duration(config, "features", LEAST, HOUR),
                Bounded.duration(config, "tls", LEAST, HOUR),
                Bounded.duration(config, "authentication", LEAST, HOUR),
                Bounded.duration(config, "dialback", LEAST, HOUR),
                Bounded.duration(config, "closing", LEAST, HOUR),
                Bounded.duration(config, "idle", Duration.ZERO, Duration.ofDays(365)));
    }

    private static StreamExtensions extensions(Config config) {
        return new StreamExtensions(
                config.getBoolean("bidi"),
                config.getBoolean("acknowledgements"),
                Bounded.number(config, "ask-every", 1, 1_000_000),
                Bounded.duration(config, "ask-after", Duration.ofMillis(1), HOUR),
                Bounded.duration(config, "answer-within", LEAST, HOUR));
    }

    private static List<InetSocketAddress> listen(Config s2s, String key, int defaultPort) {
        boolean fromEnvironment = s2s.getValue(key).valueType() == ConfigValueType.STRING;
        List<String> texts = fromEnvironment ? List.of(s2s.getString(key).split(",", -1)) : s2s.getStringList(key);
        if (fromEnvironment && s2s.getString(key).isBlank()) {
            return List.of();
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(Endpoint.parseLocal(text.strip(), defaultPort)
                    .orElseThrow(() -> new ConfigException.BadValue(s2s.origin(), key, Endpoint.complaint(text))));
        }
        return addresses;
    }

    private static List<String> secrets(Config streams) {
        boolean one = streams.getValue("dialback-secrets").valueType() == ConfigValueType.STRING;
        List<String> secrets =
                one ? List.of(streams.getString("dialback-secrets")) : streams.getStringList("dialback-secrets");
        if (secrets.stream().anyMatch(secret -> secret.length() < LEAST_SECRET)) {
            throw new ConfigException.BadValue(
                    streams.origin(),
                    "dialback-secrets",
                    "has one of fewer than " + LEAST_SECRET + " characters, which could be guessed");
        }
        return secrets;
    }
}
