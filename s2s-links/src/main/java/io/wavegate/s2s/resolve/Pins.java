package io.wavegate.s2s.resolve;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.wavegate.s2s.jid.Domain;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses of domains that the operator fixed; DNS is not asked for them, and they may be private.
 *
 * @param byDomain prepared domain to endpoints in the order to try
 */
public record Pins(Map<String, List<InetSocketAddress>> byDomain) {
    private static final int DEFAULT_PORT = 5269;

    public Pins {
        byDomain = Map.copyOf(byDomain);
    }

    /**
     * @param config the value of {@code pins}; a domain may be quoted ({@code "b.example"}) or not
     * @throws ConfigException naming the domain whose value is not a list of endpoints
     */
    public static Pins from(Config config) {
        Map<String, List<InetSocketAddress>> pins = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            String domain = Domain.parse(String.join(".", ConfigUtil.splitPath(entry.getKey())))
                    .orElseThrow(() -> new ConfigException.BadValue(
                            entry.getValue().origin(), entry.getKey(), "is not a domain name"))
                    .value();
            List<InetSocketAddress> endpoints = new ArrayList<>();
            for (String text : config.getStringList(entry.getKey())) {
                endpoints.add(Endpoint.parse(text, DEFAULT_PORT)
                        .orElseThrow(() -> new ConfigException.BadValue(
                                entry.getValue().origin(), entry.getKey(), Endpoint.complaint(text))));
            }
            if (endpoints.isEmpty()) {
                throw new ConfigException.BadValue(
                        entry.getValue().origin(), entry.getKey(), "is empty; name an address or remove the pin");
            }
            pins.put(domain, List.copyOf(endpoints));
        }
        return new Pins(pins);
    }

    /** The pinned targets of exactly this domain (prepared), if it is pinned. */
    public Optional<Resolution.Targets> forDomain(String domain) {
        return Optional.ofNullable(byDomain.get(domain))
                .map(endpoints -> new Resolution.Targets(
                        endpoints.stream()
                                .map(endpoint -> new Target(domain, endpoint.getPort(), List.of(endpoint.getAddress())))
                                .toList(),
                        List.of(domain + ": pinned to " + endpoints + " by wavegate.s2s.resolve.pins")));
    }
}
