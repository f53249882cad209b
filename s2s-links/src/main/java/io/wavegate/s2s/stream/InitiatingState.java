package io.wavegate.s2s.stream;

import java.time.Duration;
import java.util.Optional;

/** The states of a stream that we open; each with the deadline of its own. */
public sealed interface InitiatingState extends StreamState {
    /** No TCP connection yet; whoever connects has its own deadline. */
    record Connecting() implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }

    /** Our header is out. */
    record AwaitingHeader(Phase phase) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.header());
        }
    }

    /** Theirs came. */
    record AwaitingFeatures(Phase phase, Receiver receiver) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.features());
        }
    }

    /** {@code <starttls/>} is out. */
    record AwaitingProceed() implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.features());
        }
    }

    /** The TLS handshake is under way. */
    record SecuringTls() implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.tls());
        }
    }

    /** {@code <auth/>} is out. */
    record AwaitingSasl(Receiver receiver) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.authentication());
        }
    }

    /** {@code <db:result/>} is out. */
    record AwaitingDialback() implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.dialback());
        }
    }

    /** {@code <db:verify/>} is out. */
    record AwaitingVerification(DialbackQuestion question) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.features());
        }
    }

    /** Stanzas may pass. */
    record Ready(AuthenticatedBy method) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }

    /** Our end tag is out. */
    record Closing(StreamEnd end) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.closing());
        }
    }

    /** Over; nothing has an effect any more. */
    record Ended(StreamEnd end) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }

    /**
     * What the other side's header said.
     *
     * @param streamId its id, empty if it gave none
     * @param dialback whether it speaks dialback
     * @param somebodyElse whether it named another domain than the one we want
     */
    record Receiver(String streamId, boolean dialback, boolean somebodyElse) {}
}
