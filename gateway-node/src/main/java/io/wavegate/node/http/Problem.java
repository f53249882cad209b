package io.wavegate.node.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.api.Refusal;
import java.util.Locale;

/**
 * Why a request of the client API was not granted (RFC 9457).
 *
 * @param status HTTP status
 * @param reason a {@link Refusal.Reason} or an {@link Own}
 * @param detail thing, cause and next step
 */
public record Problem(int status, String reason, String detail) {

    /** Reasons of the API itself, which wavelets do not have. */
    public enum Own {
        /** No token, or none that counts. */
        UNAUTHENTICATED(401),
        /** Nothing at this path, or no such document. */
        NOT_FOUND(404),
        /** The path takes other methods. */
        METHOD_NOT_ALLOWED(405),
        /** The request's body did not arrive in time, or not at all. */
        REQUEST_TIMEOUT(408),
        /** The path is for WebSockets. */
        UPGRADE_REQUIRED(426),
        /** Our fault; the outcome is unknown. */
        INTERNAL(500);

        private final int status;

        Own(int status) {
            this.status = status;
        }

        /** HTTP status. */
        public int status() {
            return status;
        }
    }

    /** Of the API itself. */
    static Problem own(Own reason, String detail) {
        return new Problem(reason.status(), reason.name(), detail);
    }

    /** Of a refusal by the wavelets. */
    public static Problem of(Refusal refusal) {
        return new Problem(status(refusal.reason()), refusal.reason().name(), refusal.text());
    }

    /** The request is not of the documented form. */
    public static Problem malformed(String detail) {
        return of(new Refusal(Refusal.Reason.MALFORMED, detail));
    }

    /** The request is JSON of another form, or none. */
    public static Problem malformed(JsonFormException cause) {
        return malformed("The request is not taken: " + cause.getMessage()
                + ". Correct it and send it again; its form is described in docs/client-api.");
    }

    /** The author is not whom the token names. */
    public static Problem badAuthor(String detail) {
        return of(new Refusal(Refusal.Reason.BAD_AUTHOR, detail));
    }

    /** Over a bound of bytes. */
    public static Problem tooLarge(long maxBytes) {
        return of(new Refusal(
                Refusal.Reason.TOO_LARGE,
                "The request is larger than " + maxBytes
                        + " bytes (wavegate.http.max-request-size). Split it into several deltas."));
    }

    /** No token, or none that counts. */
    public static Problem unauthenticated(String detail) {
        return own(Own.UNAUTHENTICATED, detail);
    }

    /** No such thing. */
    public static Problem notFound(String detail) {
        return own(Own.NOT_FOUND, detail);
    }

    /** Our fault; the log has the cause. */
    public static Problem internal() {
        return own(
                Own.INTERNAL,
                "The gateway failed to answer; the outcome is unknown. Repeat the request; the log has the cause.");
    }

    /** The HTTP status of a reason; each reason has one. */
    public static int status(Refusal.Reason reason) {
        return switch (reason) {
            case MALFORMED, EMPTY_DELTA -> 400;
            case BAD_AUTHOR, MAY_NOT_CREATE, BAD_SIGNATURE, UNKNOWN_SIGNER, NOT_PARTICIPANT -> 403;
            case NOT_HOSTED_HERE, NO_SUCH_WAVELET -> 404;
            case HASH_MISMATCH, UNKNOWN_VERSION, HISTORY_REPLACED, TOO_OLD, TRANSFORM_FAILED -> 409;
            case TOO_LARGE -> 413;
            case INVALID_OPERATION -> 422;
            case OVERLOADED -> 429;
            case HOST_REFUSED -> 502;
            case QUARANTINED, STORE_UNAVAILABLE -> 503;
            case HOST_UNREACHABLE -> 504;
        };
    }

    /** The form on the wire; over a WebSocket it stands inside a message. */
    public ObjectNode toJson() {
        String words = reason.toLowerCase(Locale.ROOT).replace('_', ' ');
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:wavegate:problem:" + words.replace(' ', '-'))
                .put("title", words)
                .put("status", status)
                .put("reason", reason)
                .put("detail", detail);
    }
}
