package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.wire.StreamLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a stream that we open; links log how it ends.
 *
 * @param place the address and port that were dialled
 */
record DialledLog(String place) implements StreamLog {
    private static final Logger LOG = LoggerFactory.getLogger(DialledLog.class);

    @Override
    public void ready(DomainPair pair, AuthenticatedBy method, String security) {
        LOG.info(
                "stream to {}: {} to {} authenticated by {}, {}", place, pair.local(), pair.remote(), method, security);
    }

    @Override
    public void ignored(String text) {
        LOG.debug("stream to {}: ignored {}", place, text);
    }
}
