package io.wavegate.s2s.xml;

import java.util.Locale;

/** The stream error conditions of RFC 6120 section 4.9.3; each is fatal to its stream. */
public enum StreamErrorCondition {
    BAD_FORMAT,
    BAD_NAMESPACE_PREFIX,
    CONFLICT,
    CONNECTION_TIMEOUT,
    HOST_GONE,
    HOST_UNKNOWN,
    IMPROPER_ADDRESSING,
    INTERNAL_SERVER_ERROR,
    INVALID_FROM,
    INVALID_NAMESPACE,
    INVALID_XML,
    NOT_AUTHORIZED,
    NOT_WELL_FORMED,
    POLICY_VIOLATION,
    REMOTE_CONNECTION_FAILED,
    RESET,
    RESOURCE_CONSTRAINT,
    RESTRICTED_XML,
    SEE_OTHER_HOST,
    SYSTEM_SHUTDOWN,
    UNDEFINED_CONDITION,
    UNSUPPORTED_ENCODING,
    UNSUPPORTED_FEATURE,
    UNSUPPORTED_STANZA_TYPE,
    UNSUPPORTED_VERSION;

    private final String elementName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The local name of the element that stands for it on the wire. */
    public String elementName() {
        return elementName;
    }

    /** Reads a condition; an unknown one is {@link #UNDEFINED_CONDITION}, RFC 3920's old name is accepted. */
    public static StreamErrorCondition ofElement(String local) {
        if (local.equals("xml-not-well-formed")) {
            return NOT_WELL_FORMED;
        }
        for (StreamErrorCondition condition : values()) {
            if (condition.elementName.equals(local)) {
                return condition;
            }
        }
        return UNDEFINED_CONDITION;
    }
}
