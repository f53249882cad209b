package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a stream that a peer opened. */
final class AcceptedStream implements StreamEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedStream.class);

    private final String peer;
    private final AcceptedPairs pairs;
    private final ReverseStreams wayBack;
    private final StreamSurroundings surroundings;
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
    private boolean refused;

    AcceptedStream(String peer, AcceptedPairs pairs, ReverseStreams wayBack, StreamSurroundings surroundings) {
        this.peer = peer;
        this.pairs = pairs;
        this.wayBack = wayBack;
        this.surroundings = surroundings;
    }

    @Override
    public void ready(StreamHandler stream, DomainPair pair, AuthenticatedBy method) {
        pairs.add(stream, pair);
        ended.thenRun(() -> pairs.remove(stream));
        LOG.info(
                "stream from {}: {} to {} authenticated by {}, {}",
                peer,
                pair.remote(),
                pair.local(),
                method,
                stream.security());
    }

    @Override
    public void wayBack(StreamHandler stream, DomainPair pair) {
        wayBack.add(new WayBack(pair, stream, ended));
        surroundings.receiver().wayBack(pair);
    }

    /** Once is enough: a peer could have the log grow without end. */
    @Override
    public void refused(String text) {
        if (!refused) {
            LOG.info("stream from {} not authenticated: {}", peer, text);
        }
        refused = true;
    }

    @Override
    public void ended(StreamEnd end) {
        ended.complete(end);
        if (end.reason() == StreamEnd.Reason.LIMIT_EXCEEDED) {
            // Told by the log of limits, which no flood makes longer.
            LOG.debug("stream from {} ended: {}: {}", peer, end.label(), end.text());
        } else {
            LOG.info("stream from {} ended: {}: {}", peer, end.label(), end.text());
        }
    }
}
