package io.wavegate.s2s.component;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.resolve.Endpoint;
import io.wavegate.s2s.settings.Bounded;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code wavegate.s2s.components}; each key is explained in {@code reference.conf}.
 *
 * @param listen where components connect to us; empty for nowhere
 * @param accept the components that may, by name
 * @param connect the names under which we are components of other servers
 * @param limits of one connection
 * @param queueBytes stanzas that may wait for one component to read
 * @param inboundBytes stanzas of one component that may be under way
 * @param connections accepted at once
 * @param retryBase the first reconnection comes within this
 * @param retryMax reconnections are at most this far apart
 * @param passAfter an edge that has been connected to none of the servers for so long leaves it to another one
 */
public record ComponentsSettings(
        List<InetSocketAddress> listen,
        Map<String, Accepted> accept,
        Map<String, Connected> connect,
        ComponentLimits limits,
        long queueBytes,
        int inboundBytes,
        int connections,
        Duration retryBase,
        Duration retryMax,
        Duration passAfter) {
    /** No component at all. */
    public static final ComponentsSettings NONE = new ComponentsSettings(
            List.of(),
            Map.of(),
            Map.of(),
            new ComponentLimits(Duration.ofSeconds(10), Duration.ofSeconds(5), 512 * 1024),
            4L << 20,
            8 << 20,
            1_000,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2));

    private static final int DEFAULT_PORT = 5347;
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration HOUR = Duration.ofHours(1);

    /** A component that may connect. */
    public record Accepted(ComponentSecret secret) {}

    /**
     * A component that we are.
     *
     * @param server where the server accepts components
     * @param domain our domain whose wave service this is
     */
    public record Connected(InetSocketAddress server, String domain, ComponentSecret secret) {}

    public ComponentsSettings {
        listen = List.copyOf(listen);
        accept = Map.copyOf(accept);
        connect = Map.copyOf(connect);
    }

    /**
     * @param s2s the value of {@code wavegate.s2s}
     * @throws ConfigException naming the key, if one is missing or out of bounds; never showing a secret
     */
    public static ComponentsSettings from(Config s2s) {
        Config config = s2s.getConfig("components");
        Map<String, Accepted> accept = new LinkedHashMap<>();
        hosts(config, "accept").forEach((host, own) -> accept.put(host, new Accepted(secret(own, "accept", host))));
        Map<String, Connected> connect = new LinkedHashMap<>();
        hosts(config, "connect").forEach((host, own) -> connect.put(host, connected(host, own)));
        connect.keySet().stream().filter(accept::containsKey).findFirst().ifPresent(both -> {
            throw new ConfigException.BadValue(
                    config.origin(), "connect", both + " is under accept too; it can be only one of the two");
        });
        Config limits = config.getConfig("limits");
        return new ComponentsSettings(
                listen(config),
                accept,
                connect,
                new ComponentLimits(
                        Bounded.duration(config, "handshake-timeout", LEAST, HOUR),
                        Bounded.duration(config, "closing-timeout", LEAST, HOUR),
                        (int) Bounded.bytes(limits, "element-bytes", 10_000, 100_000_000)),
                Bounded.bytes(limits, "queue-bytes", 10_000, 1_000_000_000),
                (int) Bounded.bytes(limits, "inbound-bytes", 10_000, 1_000_000_000),
                Bounded.number(limits, "connections", 1, 100_000),
                Bounded.duration(config, "retry-base", LEAST, HOUR),
                Bounded.duration(config, "retry-max", LEAST, HOUR),
                Bounded.duration(config, "pass-after", LEAST, HOUR));
    }

    /** Whether nothing at all is configured. */
    public boolean isOff() {
        return accept.isEmpty() && connect.isEmpty();
    }

    private static Map<String, Config> hosts(Config config, String key) {
        Map<String, Config> hosts = new LinkedHashMap<>();
        config.getObject(key).forEach((name, value) -> {
            if (!(value instanceof ConfigObject own)) {
                throw new ConfigException.BadValue(value.origin(), key, "\"" + name + "\" needs an object { ... }");
            }
            String host = Domain.parse(name)
                    .map(Domain::value)
                    .orElseThrow(() ->
                            new ConfigException.BadValue(value.origin(), key, "\"" + name + "\" is no domain name"));
            hosts.put(host, own.toConfig());
        });
        return hosts;
    }

    private static ComponentSecret secret(Config own, String key, String host) {
        String secret = own.hasPath("secret") ? own.getString("secret") : "";
        if (secret.isEmpty()) {
            throw new ConfigException.BadValue(
                    own.origin(), key, "\"" + host + "\" needs a secret, for example secret = ${COMPONENT_SECRET}");
        }
        return new ComponentSecret(secret);
    }

    private static Connected connected(String host, Config own) {
        String wave = host.startsWith("wave.") ? host.substring("wave.".length()) : host;
        String server = own.hasPath("server") ? own.getString("server") : "";
        return new Connected(
                Endpoint.parse(server, DEFAULT_PORT)
                        .orElseThrow(() ->
                                new ConfigException.BadValue(own.origin(), "connect", Endpoint.complaint(server))),
                own.hasPath("domain") ? own.getString("domain") : wave,
                secret(own, "connect", host));
    }

    private static List<InetSocketAddress> listen(Config config) {
        boolean text = config.getValue("listen").valueType() == ConfigValueType.STRING;
        List<String> texts = text ? List.of(config.getString("listen").split(",", -1)) : config.getStringList("listen");
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String one : texts) {
            addresses.add(Endpoint.parse(one.strip(), DEFAULT_PORT)
                    .orElseThrow(
                            () -> new ConfigException.BadValue(config.origin(), "listen", Endpoint.complaint(one))));
        }
        return addresses;
    }
}
