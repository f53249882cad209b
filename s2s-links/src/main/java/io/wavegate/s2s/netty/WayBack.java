package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way back for one pair on a stream that a peer opened (XEP-0288). It is not ours to close: links come and go on it, each
 * with a part of its own that ends when the link has done with it, or with the stream.
 */
final class WayBack implements NettyOutgoingStream.Ending {
    private final DomainPair pair;
    private final StreamHandler handler;
    private final CompletableFuture<StreamEnd> ended;
    private final Set<NettyOutgoingStream> parts = ConcurrentHashMap.newKeySet();
    private volatile boolean abandoned;

    /** @param ended completes when the peer's stream has ended */
    WayBack(DomainPair pair, StreamHandler handler, CompletableFuture<StreamEnd> ended) {
        this.pair = pair;
        this.handler = handler;
        this.ended = ended;
        // Once for a stream, not for each part: it may live for months.
        ended.thenAccept(end -> parts.forEach(part -> finish(part, end)));
    }

    DomainPair pair() {
        return pair;
    }

    CompletableFuture<StreamEnd> ended() {
        return ended;
    }

    /** Whether it can be given to somebody. */
    boolean isUsable() {
        return !abandoned && !ended.isDone() && !handler.isClosing();
    }

    NettyOutgoingStream part() {
        NettyOutgoingStream part = new NettyOutgoingStream(pair, handler, this);
        parts.add(part);
        if (ended.isDone()) {
            finish(part, ended.join());
        }
        return part;
    }

    private void finish(NettyOutgoingStream part, StreamEnd end) {
        parts.remove(part);
        part.end(end);
    }

    /** What the peer has yet to acknowledge keeps the part. */
    @Override
    public void close(NettyOutgoingStream part) {
        handler.whenSettled(
                part,
                () -> finish(part, new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "the way back is not used any more")));
    }

    /** The stream stays; nobody gets it again. */
    @Override
    public void abandon(NettyOutgoingStream part) {
        abandoned = true;
        close(part);
    }
}
