package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.concurrent.CompletableFuture;

/** Follows a stream that a peer opened. */
public final class AcceptedStream implements StreamEvents {
    private final AcceptedPairs pairs;
    private final ReverseStreams waysBack;
    private final StanzaReceiver receiver;
    private final StreamLog log;
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
    private boolean refused;

    /** @param receiver told of ways back */
    public AcceptedStream(AcceptedPairs pairs, ReverseStreams waysBack, StanzaReceiver receiver, StreamLog log) {
        this.pairs = pairs;
        this.waysBack = waysBack;
        this.receiver = receiver;
        this.log = log;
    }

    @Override
    public void ready(StreamConnection stream, DomainPair pair, AuthenticatedBy method) {
        pairs.add(stream, pair);
        ended.thenRun(() -> pairs.remove(stream));
        log.ready(pair, method, stream.security());
    }

    @Override
    public void wayBack(StreamConnection stream, DomainPair pair) {
        waysBack.add(new WayBack(pair, stream, ended));
        receiver.wayBack(pair);
    }

    /** Once is enough: a peer could have the log grow without end. */
    @Override
    public void refused(String text) {
        if (!refused) {
            log.refused(text);
        }
        refused = true;
    }

    @Override
    public void ignored(String text) {
        log.ignored(text);
    }

    @Override
    public void ended(StreamEnd end) {
        ended.complete(end);
        log.ended(end);
    }
}
