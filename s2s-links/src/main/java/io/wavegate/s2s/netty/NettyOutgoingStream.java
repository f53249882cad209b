package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A stream that is ready. */
final class NettyOutgoingStream implements OutgoingStream {
    private final DomainPair pair;
    private final StreamHandler handler;
    private final CompletableFuture<StreamEnd> ended;

    NettyOutgoingStream(DomainPair pair, StreamHandler handler, CompletableFuture<StreamEnd> ended) {
        this.pair = pair;
        this.handler = handler;
        this.ended = ended;
    }

    @Override
    public DomainPair pair() {
        return pair;
    }

    @Override
    public CompletionStage<Void> send(List<XmlElement> stanzas) {
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

    @Override
    public void close() {
        handler.close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
    }

    private StreamEnd lost(Throwable failure) {
        return new StreamEnd(
                StreamEnd.Reason.CONNECTION_LOST, "writing to " + pair.remote() + " failed: " + Causes.text(failure));
    }
}
