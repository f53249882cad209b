package io.wavegate.load.chaos.lab;

import io.wavegate.node.config.FindingException;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.token.OperatorTokens;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import io.wavegate.node.token.Tokens;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The authority that all domains of a laboratory trust, and the key of their users' tokens. */
public final class LabKeys {
    private final DevelopmentCa authority;
    private final Path tokenKey;

    /** Makes them in this folder. */
    public LabKeys(Path folder) throws IOException, FindingException {
        this.authority = DevelopmentCa.in(folder.resolve("ca"), Clock.systemUTC());
        this.tokenKey = folder.resolve("token.pem");
        TokenKeyFiles.make(TokenAlgorithm.EDDSA, tokenKey);
    }

    public DevelopmentCa authority() {
        return authority;
    }

    public Path tokenKey() {
        return tokenKey;
    }

    /** An operator's token for a day. */
    public String operatorToken() {
        try {
            OperatorTokens tokens =
                    new OperatorTokens(TokenKeyFiles.read(TokenAlgorithm.EDDSA, tokenKey), Duration.ofSeconds(30));
            return tokens.make("chaos", Instant.now(), Duration.ofDays(1)).orElseThrow();
        } catch (FindingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token for a day. */
    public String token(ParticipantId user) {
        try {
            Tokens tokens = new Tokens(
                    TokenKeyFiles.read(TokenAlgorithm.EDDSA, tokenKey), Set.of(user.domain()), Duration.ofSeconds(30));
            return tokens.make(user, Instant.now(), Duration.ofDays(1)).orElseThrow();
        } catch (FindingException e) {
            throw new IllegalStateException(e);
        }
    }
}
