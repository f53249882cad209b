package io.wavegate.s2s.wire;

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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A stream that is ready, for one of its pairs: one that we opened, or a part in a {@link WayBack}. */
public final class ReadyStream implements OutgoingStream {
    private final DomainPair pair;
    private final StreamConnection connection;
    private final Ending ending;
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();

    /** What ends it. */
    interface Ending {
        void close(ReadyStream stream);

        void abandon(ReadyStream stream);
    }

    ReadyStream(DomainPair pair, StreamConnection connection, Ending ending) {
        this.pair = pair;
        this.connection = connection;
        this.ending = ending;
    }

    /**
     * A stream that we opened.
     *
     * @param ended completes when it has ended
     */
    public static ReadyStream opened(DomainPair pair, StreamConnection connection, CompletableFuture<StreamEnd> ended) {
        ReadyStream stream = new ReadyStream(pair, connection, new Own());
        ended.thenAccept(stream::end);
        return stream;
    }

    /** Over, for this reason. */
    void end(StreamEnd end) {
        ended.complete(end);
    }

    /** What carries it, perhaps with others. */
    public StreamConnection connection() {
        return connection;
    }

    @Override
    public DomainPair pair() {
        return pair;
    }

    @Override
    public CompletionStage<Unsent> send(List<XmlElement> stanzas) {
        return connection.send(this, stanzas).exceptionally(failure -> {
            throw failure instanceof IllegalArgumentException || failure instanceof CompletionException
                    ? new CompletionException(failure)
                    : new StreamEndedException(ended.getNow(lost(failure)));
        });
    }

    @Override
    public CompletionStage<StreamEnd> ended() {
        return ended.minimalCompletionStage();
    }

    /** One connection may serve several pairs, and several links in turn. */
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
        return connection.silence();
    }

    @Override
    public void close() {
        ending.close(this);
    }

    @Override
    public void abandon() {
        ending.abandon(this);
    }

    private StreamEnd lost(Throwable failure) {
        return new StreamEnd(
                StreamEnd.Reason.CONNECTION_LOST, "writing to " + pair.remote() + " failed: " + failure.getMessage());
    }

    /** Ours to end. */
    private static final class Own implements Ending {
        @Override
        public void close(ReadyStream stream) {
            stream.connection.close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
        }

        @Override
        public void abandon(ReadyStream stream) {
            String text = stream.pair.remote() + " gave no sign of life on a stream that was idle for long";
            stream.connection.close(
                    new StreamEnd(StreamEnd.Reason.UNRESPONSIVE, StreamErrorCondition.CONNECTION_TIMEOUT, text));
        }
    }
}
