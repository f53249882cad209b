package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.wire.StreamLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a stream that a peer opened.
 *
 * @param peer its address
 */
record AcceptedLog(String peer) implements StreamLog {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedLog.class);

    @Override
    public void ready(DomainPair pair, AuthenticatedBy method, String security) {
        LOG.info(
                "stream from {}: {} to {} authenticated by {}, {}",
                peer,
                pair.remote(),
                pair.local(),
                method,
                security);
    }

    @Override
    public void refused(String text) {
        LOG.info("stream from {} not authenticated: {}", peer, text);
    }

    @Override
    public void ignored(String text) {
        LOG.debug("stream from {}: ignored {}", peer, text);
    }

    @Override
    public void ended(StreamEnd end) {
        if (end.reason() == StreamEnd.Reason.LIMIT_EXCEEDED) {
            // Told by the log of limits, which no flood makes longer.
            LOG.debug("stream from {} ended: {}: {}", peer, end.label(), end.text());
        } else {
            LOG.info("stream from {} ended: {}: {}", peer, end.label(), end.text());
        }
    }
}
