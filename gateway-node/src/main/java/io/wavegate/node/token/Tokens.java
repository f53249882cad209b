package io.wavegate.node.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.node.token.TokenVerdict.Invalid;
import io.wavegate.node.token.TokenVerdict.Valid;
import io.wavegate.wavelet.model.ParticipantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes and verifies the API's bearer tokens: JWTs in compact form (RFC 7519) with {@code sub}, the participant's
 * address, {@code iat}, {@code exp} and, from other makers, {@code nbf}. The algorithm is the key's (RFC 8725 §3.1),
 * {@code exp} is required, an unknown {@code crit} refused.
 */
public final class Tokens {
    private static final int MAX_LENGTH = 4096;
    // An end farther away is none that clocks and timers can reckon with.
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private final TokenKey key;
    private final Set<String> domains;
    private final Duration leeway;

    /**
     * @param domains the domains whose users may have tokens here
     * @param leeway how far the maker's clock may be off
     */
    public Tokens(TokenKey key, Set<String> domains, Duration leeway) {
        this.key = key;
        this.domains = Set.copyOf(domains);
        this.leeway = leeway;
    }

    /** A token, or nothing if the key can only verify. */
    public Optional<String> make(ParticipantId user, Instant now, Duration life) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", user.address());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        String signed =
                part("{\"alg\":\"" + key.algorithm().label() + "\",\"typ\":\"JWT\"}") + "." + part(claims.toString());
        return key.sign(ascii(signed)).map(signature -> signed + "." + encode(signature));
    }

    /** Judges a token. */
    public TokenVerdict verify(String token, Instant now) {
        String[] parts = token.length() > MAX_LENGTH ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return new Invalid("the bearer token is no JWT in compact form");
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            // Nothing of the token is believed, not even parsed, before its signature holds.
            if (!key.verifies(ascii(parts[0] + "." + parts[1]), signature)) {
                return new Invalid("the token's signature is not of this gateway's key");
            }
            JsonNode header = JsonFields.parse(Base64.getUrlDecoder().decode(parts[0]));
            if (header.has("crit")) {
                // Names extensions that must be understood (RFC 7515 §4.1.11); others, such as kid, may be ignored.
                return new Invalid("the token's header has \"crit\", and no extension is known here");
            }
            if (!key.algorithm().label().equals(JsonFields.text(header, "alg", "the token's header"))) {
                return new Invalid("the token's algorithm is not the configured one");
            }
            return claims(JsonFields.parse(Base64.getUrlDecoder().decode(parts[1])), now);
        } catch (IllegalArgumentException e) {
            return new Invalid("the bearer token is not base64url");
        } catch (JsonFormException e) {
            return new Invalid("the bearer token is malformed: " + e.getMessage());
        }
    }

    private TokenVerdict claims(JsonNode claims, Instant now) throws JsonFormException {
        String place = "the token";
        long expires = JsonFields.natural(claims, "exp", place);
        OptionalLong notBefore = JsonFields.optionalNatural(claims, "nbf", place);
        ParticipantId user = new ParticipantId(JsonFields.text(claims, "sub", place));
        if (now.minus(leeway).getEpochSecond() >= expires) {
            return new Invalid("the token has expired");
        }
        if (notBefore.isPresent() && now.plus(leeway).getEpochSecond() < notBefore.getAsLong()) {
            return new Invalid("the token is not valid yet; compare the clocks");
        }
        if (!user.isWellFormed() || !domains.contains(user.domain())) {
            return new Invalid("the token's subject " + user + " is no user of a domain served here");
        }
        // As long as it counts here, the leeway included: a socket that ended earlier would be opened again at once.
        return new Valid(user, Math.min(expires, now.getEpochSecond() + LONGEST.toSeconds()) + leeway.toSeconds());
    }

    private static String part(String json) {
        return encode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
