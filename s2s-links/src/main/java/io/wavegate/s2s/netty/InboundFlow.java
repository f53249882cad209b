package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands stanzas over in batches, one for what was read at once, and says when too much is under way: then the connection
 * stops reading, and TCP is the queue.
 */
final class InboundFlow {
    private final StanzaReceiver receiver;
    private final Executor eventLoop;
    private final long maxBytes;
    private final Runnable changed;
    private final List<XmlElement> batch = new ArrayList<>();
    private @Nullable DomainPair pair;
    private long batchBytes;
    private long bytesUnderWay;

    InboundFlow(StanzaReceiver receiver, Executor eventLoop, long maxBytes, Runnable changed) {
        this.receiver = receiver;
        this.eventLoop = eventLoop;
        this.maxBytes = maxBytes;
        this.changed = changed;
    }

    void add(DomainPair from, XmlElement stanza, int bytes) {
        if (!from.equals(pair)) {
            handOver();
            pair = from;
        }
        batch.add(stanza);
        batchBytes += bytes;
    }

    void handOver() {
        DomainPair from = pair;
        if (from == null || batch.isEmpty()) {
            return;
        }
        long bytes = batchBytes;
        List<XmlElement> stanzas = List.copyOf(batch);
        batch.clear();
        batchBytes = 0;
        bytesUnderWay += bytes;
        receiver.received(from, stanzas).whenCompleteAsync((done, failure) -> taken(bytes), eventLoop);
    }

    boolean isFull() {
        return bytesUnderWay + batchBytes > maxBytes;
    }

    private void taken(long bytes) {
        bytesUnderWay -= bytes;
        changed.run();
    }
}
