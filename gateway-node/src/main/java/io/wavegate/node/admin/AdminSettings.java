package io.wavegate.node.admin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKey;
import io.wavegate.node.token.TokenKeyFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The admin API's; keys in {@code reference.conf} under {@code wavegate.admin}.
 *
 * @param key signs operators' tokens; empty: the key of the clients' tokens does
 * @param fromAnywhere whether operators may come from other machines and through proxies
 * @param maxWatches watches of links under way at once
 */
public record AdminSettings(Optional<TokenKey> key, boolean fromAnywhere, int maxWatches) {
    private static final int MOST_WATCHES = 1_000;

    /** Reads, the key file included. */
    public static AdminSettings from(Config root) throws FindingException {
        Config config = root.getConfig("wavegate.admin");
        String file = config.getString("key");
        Optional<TokenKey> key = file.isBlank()
                ? Optional.empty()
                : Optional.of(TokenKeyFiles.read(TokenAlgorithm.EDDSA, Path.of(file)));
        int maxWatches = config.getInt("max-watches");
        if (maxWatches < 0 || maxWatches > MOST_WATCHES) {
            throw new ConfigException.BadValue(
                    config.getValue("max-watches").origin(),
                    "wavegate.admin.max-watches",
                    "is " + maxWatches + ", must be from 0 to " + MOST_WATCHES);
        }
        return new AdminSettings(key, config.getBoolean("from-anywhere"), maxWatches);
    }
}
