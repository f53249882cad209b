package io.wavegate.node.token;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.node.config.FindingException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How bearer tokens are judged; keys in {@code reference.conf} under {@code wavegate.tokens}.
 *
 * @param key the key, read from its file
 * @param leeway how far the maker's clock may be off
 */
public record TokenSettings(TokenKey key, Duration leeway) {

    /** Reads, the key file included. */
    public static TokenSettings from(Config root) throws FindingException {
        Config config = root.getConfig("wavegate.tokens");
        String label = config.getString("algorithm");
        TokenAlgorithm algorithm = TokenAlgorithm.of(label)
                .orElseThrow(() -> new ConfigException.BadValue(
                        config.getValue("algorithm").origin(),
                        "wavegate.tokens.algorithm",
                        "is \"" + label + "\", must be EdDSA or HS256"));
        String file = config.getString("key");
        if (file.isBlank()) {
            throw new FindingException(
                    "wavegate.tokens.key",
                    "names no file, and without a key no client can be told from another",
                    "Make one with `wavegate token --new-key FILE` and name it there");
        }
        return new TokenSettings(TokenKeyFiles.read(algorithm, Path.of(file)), config.getDuration("leeway"));
    }
}
