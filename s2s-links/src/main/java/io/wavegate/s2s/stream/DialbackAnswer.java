package io.wavegate.s2s.stream;

import java.util.Locale;
import java.util.Optional;

/** The outcome of a dialback question: valid, invalid, or an error with its condition (XEP-0220 section 2.4). */
public enum DialbackAnswer {
    VALID,
    INVALID,
    /** The domain asked for is not served there. */
    ITEM_NOT_FOUND,
    REMOTE_CONNECTION_FAILED,
    REMOTE_SERVER_NOT_FOUND,
    REMOTE_SERVER_TIMEOUT,
    /** TLS is wanted first. */
    POLICY_VIOLATION,
    /** A certificate is wanted. */
    NOT_AUTHORIZED,
    /** The authoritative server said invalid, the stream stays. */
    FORBIDDEN,
    NOT_ACCEPTABLE,
    RESOURCE_CONSTRAINT,
    UNDEFINED_CONDITION;

    /** The {@code type} attribute. */
    public String type() {
        return isError() ? "error" : condition();
    }

    /** The local name of the condition's element. */
    public String condition() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For the peer's operator, where the condition alone does not say what to do. */
    public Optional<String> text() {
        return this == RESOURCE_CONSTRAINT
                ? Optional.of("too many domains at once; try again later")
                : Optional.empty();
    }

    public boolean isError() {
        return this != VALID && this != INVALID;
    }

    /** The error of this condition; an unknown one is {@link #UNDEFINED_CONDITION}. */
    public static DialbackAnswer ofCondition(String local) {
        for (DialbackAnswer answer : values()) {
            if (answer.isError() && answer.condition().equals(local)) {
                return answer;
            }
        }
        return UNDEFINED_CONDITION;
    }
}
