package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import java.time.Duration;
import java.util.Optional;

/** The states of a stream that a peer opens to us; each with the deadline of its own. */
public sealed interface ReceivingState extends StreamState {
    /**
     * The connection, or a restart, awaits the peer's header.
     *
     * @param phase how far the layers below are
     * @param certificate the peer's
     * @param before what the header before the restart said; the restart must not say otherwise (CVE-2018-10847)
     */
    record AwaitingHeader(Phase phase, PresentedCertificate certificate, Optional<Session> before)
            implements ReceivingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.header());
        }
    }

    /** No pair is authenticated yet. */
    record Negotiating(Session session) implements ReceivingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.authentication());
        }
    }

    /**
     * The TLS handshake is under way.
     *
     * @param before what the header before {@code <proceed/>} said; empty where TLS comes first (XEP-0368)
     */
    record SecuringTls(Optional<Session> before) implements ReceivingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.tls());
        }
    }

    /** Stanzas of the authenticated pairs may pass. */
    record Established(Session session) implements ReceivingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }

    /** Our end tag is out; what still arrives counts. */
    record Closing(Session session, StreamEnd end) implements ReceivingState {
        @Override
        public Optional<StreamErrorCondition> said() {
            return end.error();
        }

        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.closing());
        }
    }

    /** Over; nothing has an effect any more. */
    record Ended(StreamEnd end) implements ReceivingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }
}
