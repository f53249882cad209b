package io.wavegate.node.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * JWTs in compact form (RFC 7519) with {@code sub}, {@code iat}, {@code exp} and, from other makers, {@code nbf}; what
 * holds for every kind of token. The algorithm is the key's (RFC 8725 §3.1), {@code exp} is required, an unknown
 * {@code crit} refused.
 */
final class SignedClaims {
    private static final int MAX_LENGTH = 4096;
    // An end farther away is none that clocks and timers can reckon with.
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private final TokenKey key;
    private final Duration leeway;

    SignedClaims(TokenKey key, Duration leeway) {
        this.key = key;
        this.leeway = leeway;
    }

    /** Why a token does not count. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String text) {
            super(text, null, false, false);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * What a token says.
     *
     * @param subject {@code sub}
     * @param audience {@code aud}, or a missing or null node
     * @param expiresAtSeconds until when it counts here, the leeway included; seconds since the epoch
     */
    record Claims(String subject, JsonNode audience, long expiresAtSeconds) {
        /** Whether the audience is this one, or has it in its list (RFC 7519 §4.1.3). */
        boolean isFor(String name) {
            if (audience.isArray()) {
                for (JsonNode one : audience) {
                    if (one.asText().equals(name)) {
                        return true;
                    }
                }
            }
            return audience.isTextual() && audience.textValue().equals(name);
        }

        boolean isForAnybody() {
            return audience.isMissingNode() || audience.isNull();
        }
    }

    /** A token, or nothing if the key can only verify. */
    Optional<String> make(String subject, Optional<String> audience, Instant now, Duration life) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", subject);
        audience.ifPresent(name -> claims.put("aud", name));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        String signed =
                part("{\"alg\":\"" + key.algorithm().label() + "\",\"typ\":\"JWT\"}") + "." + part(claims.toString());
        return key.sign(ascii(signed)).map(signature -> signed + "." + encode(signature));
    }

    /** Checks signature, form and time. */
    Claims read(String token, Instant now) throws RefusedException {
        String[] parts = token.length() > MAX_LENGTH ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            throw new RefusedException("the bearer token is no JWT in compact form");
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            // Nothing of the token is believed, not even parsed, before its signature holds.
            if (!key.verifies(ascii(parts[0] + "." + parts[1]), signature)) {
                throw new RefusedException("the token's signature is not of this gateway's key");
            }
            JsonNode header = JsonFields.parse(Base64.getUrlDecoder().decode(parts[0]));
            if (header.has("crit")) {
                // Names extensions that must be understood (RFC 7515 §4.1.11); others, such as kid, may be ignored.
                throw new RefusedException("the token's header has \"crit\", and no extension is known here");
            }
            if (!key.algorithm().label().equals(JsonFields.text(header, "alg", "the token's header"))) {
                throw new RefusedException("the token's algorithm is not the configured one");
            }
            return timely(JsonFields.parse(Base64.getUrlDecoder().decode(parts[1])), now);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the bearer token is not base64url");
        } catch (JsonFormException e) {
            throw new RefusedException("the bearer token is malformed: " + e.getMessage());
        }
    }

    private Claims timely(JsonNode claims, Instant now) throws JsonFormException, RefusedException {
        String place = "the token";
        long expires = JsonFields.natural(claims, "exp", place);
        OptionalLong notBefore = JsonFields.optionalNatural(claims, "nbf", place);
        String subject = JsonFields.text(claims, "sub", place);
        if (now.minus(leeway).getEpochSecond() >= expires) {
            throw new RefusedException("the token has expired");
        }
        if (notBefore.isPresent() && now.plus(leeway).getEpochSecond() < notBefore.getAsLong()) {
            throw new RefusedException("the token is not valid yet; compare the clocks");
        }
        // As long as it counts here, the leeway included: a socket that ended earlier would be opened again at once.
        long until = Math.min(expires, now.getEpochSecond() + LONGEST.toSeconds()) + leeway.toSeconds();
        return new Claims(subject, claims.path("aud"), until);
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
