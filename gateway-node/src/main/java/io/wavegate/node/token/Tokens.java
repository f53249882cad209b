package io.wavegate.node.token;

import io.wavegate.node.token.SignedClaims.Claims;
import io.wavegate.node.token.TokenVerdict.Invalid;
import io.wavegate.node.token.TokenVerdict.Valid;
import io.wavegate.wavelet.model.ParticipantId;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and verifies the bearer tokens of the client API: JWTs whose {@code sub} is the participant's address. They name no
 * audience, or {@value #AUDIENCE}; what is for somebody else, an operator's token above all, does not count here.
 */
public final class Tokens {
    private static final String AUDIENCE = "wavegate";

    private final SignedClaims claims;
    private final Set<String> domains;

    /**
     * @param domains the domains whose users may have tokens here
     * @param leeway how far the maker's clock may be off
     */
    public Tokens(TokenKey key, Set<String> domains, Duration leeway) {
        this.claims = new SignedClaims(key, leeway);
        this.domains = Set.copyOf(domains);
    }

    /** A token, or nothing if the key can only verify. */
    public Optional<String> make(ParticipantId user, Instant now, Duration life) {
        return claims.make(user.address(), Optional.empty(), now, life);
    }

    /**
     * Who may have a token under this address. Other forms of a normalised address are other participants, or by a letter
     * such as the Kelvin sign the same one: so that no two people have addresses that look alike or are one, a user comes in
     * one form only. What other domains call their users is theirs to say.
     */
    public Optional<ParticipantId> user(String address) {
        ParticipantId user = new ParticipantId(address);
        return user.isWellFormed()
                        && domains.contains(user.domain())
                        && Normalizer.isNormalized(address, Normalizer.Form.NFKC)
                ? Optional.of(user)
                : Optional.empty();
    }

    /** Judges a token. */
    public TokenVerdict verify(String token, Instant now) {
        try {
            Claims read = claims.read(token, now);
            if (!read.isForAnybody() && !read.isFor(AUDIENCE)) {
                return new Invalid("the token is for another audience than the client API (its \"aud\")");
            }
            return user(read.subject())
                    .<TokenVerdict>map(user -> new Valid(user, read.expiresAtSeconds()))
                    .orElseGet(() -> new Invalid("the token's subject " + read.subject()
                            + " is no user of a domain served here, or not written in Unicode's normal form NFKC"));
        } catch (SignedClaims.RefusedException e) {
            return new Invalid(e.text());
        }
    }
}
