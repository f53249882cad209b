package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a stream ended or could not be made; see {@link Reason}. Every end has one, and the log, the metrics, the link's view
 * and the stream error are all made from it.
 *
 * @param reason one of a closed set, for metrics, retry and views
 * @param error the stream error that ended it: ours, or the peer's with {@link Reason#REMOTE_STREAM_ERROR}; empty where
 *     none was sent, be it a clean end or because there was no way to
 * @param text thing, cause and next step with the steps taken (name, SRV, address, result), for an operator
 */
public record StreamEnd(Reason reason, Optional<StreamErrorCondition> error, String text) {

    /** An end without a stream error. */
    public StreamEnd(Reason reason, String text) {
        this(reason, Optional.empty(), text);
    }

    /** An end that the peer is told, or that it told us, by this stream error. */
    public StreamEnd(Reason reason, StreamErrorCondition error, String text) {
        this(reason, Optional.of(error), text);
    }

    /** The same end with what was really said: this stream error, or none. */
    public StreamEnd saying(Optional<StreamErrorCondition> said) {
        return new StreamEnd(reason, said, text);
    }

    /** Reason and stream error in one word, for logs and views: {@code protocol-error/invalid-from}. */
    public String label() {
        return reason.label() + error.map(e -> "/" + e.elementName()).orElse("");
    }

    /** Whose doing an end was. */
    public enum Origin {
        /** We decided so. */
        HERE,
        /** The peer said so. */
        THERE,
        /** Neither: the network, DNS, or TLS between the two. */
        BETWEEN
    }

    /** The closed set; DNS, TCP, TLS, authentication, protocol, policy. */
    public enum Reason {
        /** DNS says that there is no such domain, or no XMPP server for it. */
        REMOTE_NOT_FOUND(Origin.BETWEEN),
        /** DNS gave no answer, so nothing is known. */
        RESOLUTION_FAILED(Origin.BETWEEN),
        /** No TCP connection to any address. */
        CONNECT_FAILED(Origin.BETWEEN),
        /** No TLS, or TLS broke: nothing can be said any more. */
        TLS_FAILED(Origin.BETWEEN),
        /** The peer's certificate does not prove its domain, and nothing else is accepted. */
        CERTIFICATE_REFUSED(Origin.HERE),
        /** Authentication failed, of either by the other. */
        AUTHENTICATION_FAILED(Origin.HERE),
        /** A step of the negotiation took too long. */
        NEGOTIATION_TIMEOUT(Origin.HERE),
        /** Our policy: no TLS, an address that must not be connected to, a stanza before authentication. */
        POLICY_REFUSED(Origin.HERE),
        /** More than one of our limits allows: connections, attempts, bytes of an element. */
        LIMIT_EXCEEDED(Origin.HERE),
        /** The peer sent a stream error. */
        REMOTE_STREAM_ERROR(Origin.THERE),
        /** What the peer sent is not XMPP, or not what it may send. */
        PROTOCOL_ERROR(Origin.HERE),
        /** The connection went without the end of the stream. */
        CONNECTION_LOST(Origin.BETWEEN),
        /** The peer takes no data, or did not answer when asked whether it is there. */
        UNRESPONSIVE(Origin.HERE),
        /** Nothing passed for long. */
        IDLE(Origin.HERE),
        /** A certificate that the stream was authenticated with has ended since; another stream takes its place. */
        CERTIFICATE_EXPIRED(Origin.HERE),
        /** The peer ended its stream in order. */
        CLOSED_BY_REMOTE(Origin.THERE),
        /** We ended it in order, as nobody needs it. */
        CLOSED_BY_US(Origin.HERE),
        /** Another stream of the same pair takes its place. */
        REPLACED(Origin.HERE),
        /** This node is going down. */
        SHUTDOWN(Origin.HERE),
        /** A fault of ours. */
        INTERNAL_ERROR(Origin.HERE);

        private final Origin origin;
        private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

        Reason(Origin origin) {
            this.origin = origin;
        }

        /** Whose doing it was. */
        public Origin origin() {
            return origin;
        }

        /** Its name for logs, views and metrics: {@code closed-by-remote}. */
        public String label() {
            return label;
        }
    }
}
