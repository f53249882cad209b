package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The states of a stream that we open; each with the deadline of its own. */
public sealed interface InitiatingState extends StreamState {
    /** What was settled, while the stream is being negotiated. */
    default Optional<Progress> settled() {
        return Optional.empty();
    }

    /** No TCP connection yet; whoever connects has its own deadline. */
    record Connecting() implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }

    /** Our header is out. */
    record AwaitingHeader(Progress progress) implements InitiatingState {
        @Override
        public Optional<Progress> settled() {
            return Optional.of(progress);
        }

        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.header());
        }
    }

    /** Theirs came. */
    record AwaitingFeatures(Progress progress, Receiver receiver) implements InitiatingState {
        @Override
        public Optional<Progress> settled() {
            return Optional.of(progress);
        }

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
    record AwaitingSasl(Progress progress, Receiver receiver) implements InitiatingState {
        @Override
        public Optional<Progress> settled() {
            return Optional.of(progress);
        }

        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.of(timeouts.authentication());
        }
    }

    /** {@code <db:result/>} is out. */
    record AwaitingDialback(Progress progress) implements InitiatingState {
        @Override
        public Optional<Progress> settled() {
            return Optional.of(progress);
        }

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

    /**
     * Stanzas may pass.
     *
     * @param method how the peer came to believe us
     * @param certificate the peer's
     * @param reverse pairs whose remote domain may send to us on this stream; empty unless it is bidirectional
     * @param traffic what passes
     */
    record Ready(AuthenticatedBy method, PresentedCertificate certificate, Set<DomainPair> reverse, Traffic traffic)
            implements InitiatingState {
        Ready with(Traffic changed) {
            return new Ready(method, certificate, reverse, changed);
        }

        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }

    /**
     * Our end tag is out; what still arrives counts.
     *
     * @param reverse pairs whose remote domain may send to us on this stream
     * @param traffic what passed, and is being acknowledged
     */
    record Closing(StreamEnd end, Set<DomainPair> reverse, Traffic traffic) implements InitiatingState {
        /** Nothing passed. */
        Closing(StreamEnd end) {
            this(end, Set.of(), Traffic.NONE);
        }

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
    record Ended(StreamEnd end) implements InitiatingState {
        @Override
        public Optional<Duration> deadline(StreamTimeouts timeouts) {
            return Optional.empty();
        }
    }

    /**
     * What was settled so far.
     *
     * @param phase how far the layers below are
     * @param certificate the peer's
     * @param bidi whether we asked for stanzas in both directions
     * @param offers what the peer's last features offered
     */
    record Progress(Phase phase, PresentedCertificate certificate, boolean bidi, Offers offers) {
        static final Progress NONE = new Progress(Phase.PLAIN, PresentedCertificate.NOBODY, false, Offers.NONE);

        /** With the step to a new phase all offers are forgotten. */
        Progress in(Phase next) {
            return new Progress(next, certificate, bidi, Offers.NONE);
        }

        Progress with(Offers seen) {
            return new Progress(phase, certificate, bidi, seen);
        }

        Progress withBidi() {
            return new Progress(phase, certificate, true, offers);
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
