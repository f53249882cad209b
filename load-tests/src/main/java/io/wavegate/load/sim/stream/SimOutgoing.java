package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A stream that is ready, for one of its pairs: one that we opened, or a part in a {@link WayBack}. */
final class SimOutgoing implements OutgoingStream {
    private final DomainPair pair;
    private final Connection connection;
    private final Ending ending;
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();

    /** What ends it. */
    interface Ending {
        void close(SimOutgoing stream);

        void abandon(SimOutgoing stream);
    }

    SimOutgoing(DomainPair pair, Connection connection, Ending ending) {
        this.pair = pair;
        this.connection = connection;
        this.ending = ending;
    }

    /** One that we opened. */
    static SimOutgoing opened(DomainPair pair, Connection connection) {
        return new SimOutgoing(pair, connection, new Own());
    }

    void end(StreamEnd end) {
        ended.complete(end);
    }

    @Override
    public DomainPair pair() {
        return pair;
    }

    @Override
    public CompletionStage<Unsent> send(List<XmlElement> stanzas) {
        return connection.send(this, stanzas).exceptionally(failure -> {
            throw new StreamEndedException(
                    ended.getNow(new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "writing to " + pair.remote())));
        });
    }

    @Override
    public CompletionStage<StreamEnd> ended() {
        return ended;
    }

    @Override
    public List<XmlElement> unacknowledged() {
        return connection.unacknowledged(this);
    }

    @Override
    public boolean isAcknowledged() {
        return connection.isAcknowledged();
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(connection.silentMicros() * 1_000);
    }

    @Override
    public void close() {
        ending.close(this);
    }

    @Override
    public void abandon() {
        ending.abandon(this);
    }

    /** Ours to end. */
    private static final class Own implements Ending {
        @Override
        public void close(SimOutgoing stream) {
            stream.connection.close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
        }

        @Override
        public void abandon(SimOutgoing stream) {
            stream.connection.close(new StreamEnd(
                    StreamEnd.Reason.UNRESPONSIVE,
                    StreamErrorCondition.CONNECTION_TIMEOUT,
                    stream.pair.remote() + " gave no sign of life on a stream that was idle for long"));
        }
    }
}
