package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;

/** What the side that got a stream error does next (RFC 6120 section 4.9.3, spec 5). */
public enum AfterStreamError {
    /** Opens another stream when there is something to send: the peer is well, or soon will be. */
    RECONNECT,
    /** Tries again after the ordinary backoff: somebody's fault, or too much at the moment. */
    BACK_OFF,
    /** Tries again after long, since a person has to change something first. */
    BACK_OFF_LONG,
    /** Takes the domain for not served there: other servers of it first, then as if it were not found. */
    NOT_SERVED,
    /** Goes to the host that was named, there to be shown the same domain's certificate. */
    ELSEWHERE;

    public static AfterStreamError of(StreamErrorCondition condition) {
        return switch (condition) {
            case CONNECTION_TIMEOUT, RESET, SYSTEM_SHUTDOWN -> RECONNECT;
            case HOST_GONE, HOST_UNKNOWN -> NOT_SERVED;
            case NOT_AUTHORIZED -> BACK_OFF_LONG;
            case SEE_OTHER_HOST -> ELSEWHERE;
            case BAD_FORMAT,
                    BAD_NAMESPACE_PREFIX,
                    CONFLICT,
                    IMPROPER_ADDRESSING,
                    INTERNAL_SERVER_ERROR,
                    INVALID_FROM,
                    INVALID_NAMESPACE,
                    INVALID_XML,
                    NOT_WELL_FORMED,
                    POLICY_VIOLATION,
                    REMOTE_CONNECTION_FAILED,
                    RESOURCE_CONSTRAINT,
                    RESTRICTED_XML,
                    UNDEFINED_CONDITION,
                    UNSUPPORTED_ENCODING,
                    UNSUPPORTED_FEATURE,
                    UNSUPPORTED_STANZA_TYPE,
                    UNSUPPORTED_VERSION -> BACK_OFF;
        };
    }

    /** What the peer's own error asks for, if that is how the stream ended. */
    public static AfterStreamError of(StreamEnd end) {
        return end.reason() == StreamEnd.Reason.REMOTE_STREAM_ERROR
                ? end.error().map(AfterStreamError::of).orElse(BACK_OFF)
                : BACK_OFF;
    }
}
