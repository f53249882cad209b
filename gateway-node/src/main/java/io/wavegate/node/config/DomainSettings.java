package io.wavegate.node.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.wavelet.model.DomainName;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One domain that this gateway speaks for.
 *
 * @param name lower case (spec 11)
 * @param certificate PEM chain for TLS, leaf first
 * @param key PEM private key of its leaf
 * @param signingCertificate PEM chain that deltas are signed with; by default the one for TLS
 * @param signingKey PEM private key of its leaf, RSA
 */
public record DomainSettings(String name, Path certificate, Path key, Path signingCertificate, Path signingKey) {

    /** Reads and validates; the files are not opened. */
    public static List<DomainSettings> from(Config root) {
        List<? extends Config> entries = root.getConfigList("wavegate.domains");
        List<DomainSettings> domains =
                entries.stream().map(DomainSettings::entry).toList();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < domains.size(); i++) {
            String name = domains.get(i).name;
            if (!names.add(name)) {
                throw bad(entries.get(i), "name", name + " is listed twice");
            }
        }
        return domains;
    }

    private static DomainSettings entry(Config config) {
        String name = config.getString("name");
        if (!DomainName.isValid(name)) {
            throw bad(config, "name", "\"" + name + "\" is no domain in lower case (letters, digits, hyphens, dots)");
        }
        if (config.hasPath("signing-certificate") != config.hasPath("signing-key")) {
            throw bad(config, "name", "signing-certificate and signing-key of " + name + " go together");
        }
        Path certificate = Path.of(config.getString("certificate"));
        Path key = Path.of(config.getString("key"));
        return config.hasPath("signing-key")
                ? new DomainSettings(
                        name,
                        certificate,
                        key,
                        Path.of(config.getString("signing-certificate")),
                        Path.of(config.getString("signing-key")))
                : new DomainSettings(name, certificate, key, certificate, key);
    }

    private static ConfigException bad(Config config, String key, String rule) {
        return new ConfigException.BadValue(config.getValue(key).origin(), "wavegate.domains[]." + key, rule);
    }
}
