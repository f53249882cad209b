package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.Unsent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which batches an edge took on for one stream, in order and each once, and what became of the last ones. The other side of
 * {@link OutboundLedger}.
 */
public final class OutboundReceipt {
    /** An entity has one batch under way, and a few more only while it goes. */
    private static final int REMEMBERED = 64;

    private final Map<Long, Unsent> written = new TreeMap<>();
    private long last;

    /** @return whether the batch is to be written now: it is the next one */
    public boolean take(long batch) {
        boolean next = batch == last + 1;
        if (next) {
            last = batch;
        }
        return next;
    }

    /** A batch is with the socket. */
    public void written(long batch, Unsent unsent) {
        written.put(batch, unsent);
        written.remove(batch - REMEMBERED);
    }

    /** What became of a batch, if it is known. */
    public Optional<Unsent> outcome(long batch) {
        return Optional.ofNullable(written.get(batch));
    }

    /** The last batch that was taken on; 0 for none. */
    public long last() {
        return last;
    }
}
