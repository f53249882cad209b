package io.wavegate.s2s.netty;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.StreamPolicies;
import io.wavegate.s2s.stream.StreamPolicy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One policy for all, and others for domains by name. */
record ConfiguredPolicies(StreamPolicy general, Map<String, StreamPolicy> byDomain) implements StreamPolicies {
    ConfiguredPolicies {
        byDomain = Map.copyOf(byDomain);
    }

    static ConfiguredPolicies from(Config streams) {
        Config general = streams.getConfig("policy");
        Config named = streams.getConfig("policies");
        Map<String, StreamPolicy> byDomain = new HashMap<>();
        for (String key : named.root().keySet()) {
            String domain = Domain.parse(key)
                    .orElseThrow(() -> new ConfigException.BadValue(
                            named.origin(), "policies", "names \"" + key + "\", which is no domain"))
                    .value();
            byDomain.put(
                    domain, policy(named.getConfig(ConfigUtil.quoteString(key)).withFallback(general)));
        }
        StreamPolicy all = policy(general);
        if (all.tls() != StreamPolicy.Tls.REQUIRED) {
            throw new ConfigException.BadValue(
                    general.origin(),
                    "tls",
                    "is for all domains, and plaintext can be allowed for single ones alone: name them in policies");
        }
        return new ConfiguredPolicies(all, byDomain);
    }

    @Override
    public StreamPolicy policyFor(String remote) {
        return byDomain.getOrDefault(remote, general);
    }

    private static StreamPolicy policy(Config config) {
        return new StreamPolicy(
                one(config, "tls", StreamPolicy.Tls.class),
                one(config, "authentication", StreamPolicy.Authentication.class));
    }

    private static <E extends Enum<E>> E one(Config config, String key, Class<E> values) {
        String text = config.getString(key);
        for (E value : values.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return value;
            }
        }
        StringBuilder known = new StringBuilder();
        for (E value : values.getEnumConstants()) {
            known.append(' ').append(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        throw new ConfigException.BadValue(config.origin(), key, "is \"" + text + "\", takes one of" + known);
    }
}
