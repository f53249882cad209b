package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The way back for one pair on a stream that a peer opened (XEP-0288). It is not ours to close: links come and go on it, each
 * with a part of its own that ends when the link has done with it, or with the stream.
 */
final class WayBack implements ReadyStream.Ending {
    private final DomainPair pair;
    private final StreamConnection connection;
    private final CompletableFuture<StreamEnd> ended;
    // In the order of their making, for all who need to see the same happen again.
    private final Set<ReadyStream> parts = Collections.synchronizedSet(new LinkedHashSet<>());
    private volatile boolean abandoned;

    /** @param ended completes when the peer's stream has ended */
    WayBack(DomainPair pair, StreamConnection connection, CompletableFuture<StreamEnd> ended) {
        this.pair = pair;
        this.connection = connection;
        this.ended = ended;
        // Once for a stream, not for each part: it may live for months.
        ended.thenAccept(end -> List.copyOf(parts).forEach(part -> finish(part, end)));
    }

    DomainPair pair() {
        return pair;
    }

    CompletableFuture<StreamEnd> ended() {
        return ended;
    }

    /** Whether it can be given to somebody. */
    boolean isUsable() {
        return !abandoned && !ended.isDone() && !connection.isClosing();
    }

    ReadyStream part() {
        ReadyStream part = new ReadyStream(pair, connection, this);
        parts.add(part);
        if (ended.isDone()) {
            finish(part, ended.join());
        }
        return part;
    }

    private void finish(ReadyStream part, StreamEnd end) {
        parts.remove(part);
        part.end(end);
    }

    /** What the peer has yet to acknowledge keeps the part. */
    @Override
    public void close(ReadyStream part) {
        connection.whenSettled(
                part,
                () -> finish(part, new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "the way back is not used any more")));
    }

    /** The stream stays; nobody gets it again. */
    @Override
    public void abandon(ReadyStream part) {
        abandoned = true;
        close(part);
    }
}
