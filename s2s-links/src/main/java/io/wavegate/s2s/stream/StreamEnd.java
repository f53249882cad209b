package io.wavegate.s2s.stream;

/**
 * Why a stream ended or could not be made; see {@link Reason}.
 *
 * @param reason one of a closed set, for metrics, retry and views
 * @param text thing, cause and next step with the steps taken (name, SRV, address, result), for an operator
 */
public record StreamEnd(Reason reason, String text) {
    /** The closed set; DNS, TCP, TLS, authentication, protocol, policy. */
    public enum Reason {
        REMOTE_NOT_FOUND,
        RESOLUTION_FAILED,
        CONNECT_FAILED,
        TLS_FAILED,
        CERTIFICATE_REFUSED,
        AUTHENTICATION_FAILED,
        NEGOTIATION_TIMEOUT,
        POLICY_REFUSED,
        REMOTE_STREAM_ERROR,
        PROTOCOL_ERROR,
        CONNECTION_LOST,
        IDLE,
        CLOSED_BY_REMOTE,
        CLOSED_BY_US,
        SHUTDOWN
    }
}
