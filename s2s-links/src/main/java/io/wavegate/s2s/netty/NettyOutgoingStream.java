package io.wavegate.s2s.netty;

import io.wavegate.s2s.jid.Jid;
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

/** A stream that is ready, for one of its pairs. */
final class NettyOutgoingStream implements OutgoingStream {
    private final DomainPair pair;
    private final StreamHandler handler;
    private final CompletableFuture<StreamEnd> ended;
    private final boolean ours;
    private volatile boolean abandoned;

    private NettyOutgoingStream(
            DomainPair pair, StreamHandler handler, CompletableFuture<StreamEnd> ended, boolean ours) {
        this.pair = pair;
        this.handler = handler;
        this.ended = ended;
        this.ours = ours;
    }

    /** A stream that we opened. */
    static NettyOutgoingStream opened(DomainPair pair, StreamHandler handler, CompletableFuture<StreamEnd> ended) {
        return new NettyOutgoingStream(pair, handler, ended, true);
    }

    /** The way back on a stream of the peer's, which we do not close. */
    static NettyOutgoingStream back(DomainPair pair, StreamHandler handler, CompletableFuture<StreamEnd> ended) {
        return new NettyOutgoingStream(pair, handler, ended, false);
    }

    @Override
    public DomainPair pair() {
        return pair;
    }

    @Override
    public CompletionStage<Unsent> send(List<XmlElement> stanzas) {
        return handler.send(stanzas).exceptionally(failure -> {
            throw failure instanceof IllegalArgumentException || failure instanceof CompletionException
                    ? new CompletionException(failure)
                    : new StreamEndedException(ended.getNow(lost(failure)));
        });
    }

    @Override
    public CompletionStage<StreamEnd> ended() {
        return ended.minimalCompletionStage();
    }

    /** One connection may serve several pairs. */
    @Override
    public List<XmlElement> unacknowledged() {
        return handler.unacknowledged().stream().filter(this::isOfPair).toList();
    }

    private boolean isOfPair(XmlElement stanza) {
        return isUnder(stanza, "from", pair.local()) && isUnder(stanza, "to", pair.remote());
    }

    private static boolean isUnder(XmlElement stanza, String attribute, String domain) {
        return stanza.attribute(attribute)
                .flatMap(Jid::parse)
                .filter(jid -> jid.domain().value().equals(domain))
                .isPresent();
    }

    @Override
    public boolean isAcknowledged() {
        return handler.isAcknowledged();
    }

    @Override
    public Duration silence() {
        return handler.silence();
    }

    @Override
    public void close() {
        if (ours) {
            handler.close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
        }
    }

    @Override
    public void abandon() {
        abandoned = true;
        if (ours) {
            String text = pair.remote() + " gave no sign of life on a stream that was idle for long";
            handler.close(new StreamEnd(StreamEnd.Reason.UNRESPONSIVE, StreamErrorCondition.CONNECTION_TIMEOUT, text));
        }
    }

    /** Whether it can be given to somebody. */
    boolean isUsable() {
        return !abandoned && !ended.isDone();
    }

    private StreamEnd lost(Throwable failure) {
        return new StreamEnd(
                StreamEnd.Reason.CONNECTION_LOST, "writing to " + pair.remote() + " failed: " + Causes.text(failure));
    }
}
