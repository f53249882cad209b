package io.wavegate.node.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes and verifies the bearer tokens of the admin API: JWTs of the audience {@value #AUDIENCE}, whose {@code sub} is the
 * operator's name, for the log. A client's token does not count here, nor one of these there.
 */
public final class OperatorTokens {
    private static final String AUDIENCE = "wavegate-admin";
    private static final int MAX_NAME = 100;

    private final SignedClaims claims;

    /** @param leeway how far the maker's clock may be off */
    public OperatorTokens(TokenKey key, Duration leeway) {
        this.claims = new SignedClaims(key, leeway);
    }

    /** What became of a token. */
    public sealed interface Verdict {
        /** Good. */
        record Valid(String operator) implements Verdict {}

        /** Not good, and why. */
        record Invalid(String text) implements Verdict {}
    }

    /** A token, or nothing if the key can only verify. */
    public Optional<String> make(String operator, Instant now, Duration life) {
        return claims.make(operator, Optional.of(AUDIENCE), now, life);
    }

    /** Judges a token. */
    public Verdict verify(String token, Instant now) {
        try {
            SignedClaims.Claims read = claims.read(token, now);
            if (!read.isFor(AUDIENCE)) {
                return new Verdict.Invalid("the token is none of an operator (its \"aud\" is not " + AUDIENCE + ")");
            }
            String name = read.subject().replaceAll("\\p{Cntrl}", " ");
            return new Verdict.Valid(name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name);
        } catch (SignedClaims.RefusedException e) {
            return new Verdict.Invalid(e.text());
        }
    }
}
