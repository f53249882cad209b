package io.wavegate.s2s.stanza;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The defined conditions of stanza errors (RFC 6120 section 8.3.3), each with the type and the legacy code we send with
 * it. Where the reference sends a condition (spec 9.2), type and code are its own, which in places are not RFC 6120's;
 * for the others the type is the RFC's first and the code XEP-0086's.
 */
public enum ErrorCondition {
    BAD_REQUEST(ErrorType.MODIFY, 400),
    CONFLICT(ErrorType.CANCEL, 409),
    FEATURE_NOT_IMPLEMENTED(ErrorType.CANCEL, 501),
    FORBIDDEN(ErrorType.AUTH, 403),
    GONE(ErrorType.CANCEL, 302),
    INTERNAL_SERVER_ERROR(ErrorType.WAIT, 500),
    ITEM_NOT_FOUND(ErrorType.CANCEL, 404),
    JID_MALFORMED(ErrorType.MODIFY, 400),
    NOT_ACCEPTABLE(ErrorType.MODIFY, 406),
    NOT_ALLOWED(ErrorType.CANCEL, 405),
    NOT_AUTHORIZED(ErrorType.AUTH, 401),
    POLICY_VIOLATION(ErrorType.MODIFY, 406),
    RECIPIENT_UNAVAILABLE(ErrorType.WAIT, 404),
    REDIRECT(ErrorType.MODIFY, 302),
    REGISTRATION_REQUIRED(ErrorType.AUTH, 407),
    REMOTE_SERVER_NOT_FOUND(ErrorType.CANCEL, 404),
    REMOTE_SERVER_TIMEOUT(ErrorType.WAIT, 504),
    RESOURCE_CONSTRAINT(ErrorType.WAIT, 500),
    SERVICE_UNAVAILABLE(ErrorType.CANCEL, 503),
    SUBSCRIPTION_REQUIRED(ErrorType.AUTH, 407),
    UNDEFINED_CONDITION(ErrorType.WAIT, 500),
    UNEXPECTED_REQUEST(ErrorType.WAIT, 400);

    private static final Map<String, ErrorCondition> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ErrorCondition::wire, condition -> condition));

    private final ErrorType type;
    private final int code;

    ErrorCondition(ErrorType type, int code) {
        this.type = type;
        this.code = code;
    }

    /** The type sent with it. */
    public ErrorType type() {
        return type;
    }

    /** The legacy code sent with it. */
    public int code() {
        return code;
    }

    /** The element name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The condition of this element name; {@link #UNDEFINED_CONDITION} for one that is not known. */
    public static ErrorCondition ofWire(String name) {
        return BY_NAME.getOrDefault(name, UNDEFINED_CONDITION);
    }
}
