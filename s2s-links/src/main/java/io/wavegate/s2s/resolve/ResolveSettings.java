package io.wavegate.s2s.resolve;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.s2s.settings.Bounded;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code wavegate.s2s.resolve}; each key is explained in {@code reference.conf}.
 *
 * @param servers DNS servers, empty for those of the operating system
 * @param timeout of one question to one server
 * @param pins fixed addresses
 * @param allowPrivateAddresses whether DNS may lead to addresses that are not public
 * @param cacheSize answers kept
 * @param maximumTtl longest reuse of an answer
 * @param negativeTtl longest reuse of "no such record"
 * @param maximumTargets SRV records followed
 * @param directTls whether servers that want TLS from the first byte (XEP-0368) are looked for too
 * @param avoidDeadFor how long a server that could not be connected to is tried after the others
 * @param race of the addresses of a target
 */
public record ResolveSettings(
        List<InetSocketAddress> servers,
        Duration timeout,
        Pins pins,
        boolean allowPrivateAddresses,
        int cacheSize,
        Duration maximumTtl,
        Duration negativeTtl,
        int maximumTargets,
        boolean directTls,
        Duration avoidDeadFor,
        RaceSettings race) {
    private static final int DNS_PORT = 53;

    public ResolveSettings {
        servers = List.copyOf(servers);
    }

    AddressPolicy addressPolicy() {
        return allowPrivateAddresses ? AddressPolicy.ANY : AddressPolicy.PUBLIC;
    }

    /**
     * @param config the value of {@code wavegate.s2s.resolve}
     * @throws ConfigException naming the key, if one is missing or out of bounds
     */
    public static ResolveSettings from(Config config) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String text : config.getStringList("servers")) {
            servers.add(Endpoint.parse(text, DNS_PORT)
                    .orElseThrow(
                            () -> new ConfigException.BadValue(config.origin(), "servers", Endpoint.complaint(text))));
        }
        return new ResolveSettings(
                servers,
                Bounded.duration(config, "timeout", Duration.ofMillis(100), Duration.ofSeconds(30)),
                Pins.from(config.getConfig("pins")),
                config.getBoolean("allow-private-addresses"),
                Bounded.number(config, "cache-size", 1, 10_000_000),
                Bounded.duration(config, "maximum-ttl", Duration.ZERO, Duration.ofDays(1)),
                Bounded.duration(config, "negative-ttl", Duration.ZERO, Duration.ofHours(1)),
                Bounded.number(config, "maximum-targets", 1, 100),
                config.getBoolean("direct-tls"),
                Bounded.duration(config, "avoid-dead-for", Duration.ZERO, Duration.ofHours(1)),
                RaceSettings.from(config));
    }
}
