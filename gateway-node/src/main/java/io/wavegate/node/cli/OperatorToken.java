package io.wavegate.node.cli;

import io.wavegate.node.admin.AdminSettings;
import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.token.OperatorTokens;
import io.wavegate.node.token.TokenSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes tokens of the admin API with what a node's configuration names. */
final class OperatorToken {
    private OperatorToken() {}

    static String make(String operator, Configuration configuration, Duration life) throws FindingException {
        List<Finding> findings = new ArrayList<>();
        Optional<AdminSettings> admin = configuration.section(AdminSettings::from, findings);
        Optional<TokenSettings> tokens = configuration.section(TokenSettings::from, findings);
        if (admin.isEmpty() || tokens.isEmpty()) {
            throw new FindingException(findings);
        }
        return new OperatorTokens(
                        admin.get().key().orElse(tokens.get().key()),
                        tokens.get().leeway())
                .make(operator, Instant.now(), life)
                .orElseThrow(() -> new FindingException(
                        admin.get().key().isPresent() ? "wavegate.admin.key" : "wavegate.tokens.key",
                        "names a public key only, which can check tokens but not make them",
                        "Use a key file with the private key too, or give --token-file"));
    }
}
