package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands stanzas over in batches, one for what was read at once, and says when too much is under way: then the connection
 * stops reading, and TCP is the queue. Says too how many are dealt with, in the order they came.
 */
public final class InboundFlow {
    private final StanzaReceiver receiver;
    private final Executor loop;
    private final long maxBytes;
    private final Runnable changed;
    private final IntConsumer handled;
    private final List<XmlElement> batch = new ArrayList<>();
    private final Deque<Batch> handedOver = new ArrayDeque<>();
    private @Nullable DomainPair pair;
    private long batchBytes;
    private long bytesUnderWay;

    /** What was handed over at once. */
    private record Batch(int stanzas, CompletionStage<Void> handled) {
        boolean isHandled() {
            return handled.toCompletableFuture().isDone();
        }
    }

    /**
     * @param receiver takes the stanzas over
     * @param loop the connection's; everything here happens on it
     * @param maxBytes of stanzas that wait to be taken over, beyond which reading has to stop
     * @param changed called when that may have changed
     * @param handled told how many more are dealt with
     */
    public InboundFlow(StanzaReceiver receiver, Executor loop, long maxBytes, Runnable changed, IntConsumer handled) {
        this.receiver = receiver;
        this.loop = loop;
        this.maxBytes = maxBytes;
        this.changed = changed;
        this.handled = handled;
    }

    /** A stanza that was read, in so many bytes. */
    public void add(DomainPair from, XmlElement stanza, int bytes) {
        if (!from.equals(pair)) {
            handOver();
            pair = from;
        }
        batch.add(stanza);
        batchBytes += bytes;
    }

    /** Hands over what was added since the last time. */
    public void handOver() {
        DomainPair from = pair;
        if (from == null || batch.isEmpty()) {
            return;
        }
        long bytes = batchBytes;
        List<XmlElement> stanzas = List.copyOf(batch);
        batch.clear();
        batchBytes = 0;
        StanzaReceiver.Reception reception = receiver.receive(from, stanzas);
        if (!reception.takenOver().toCompletableFuture().isDone()) {
            bytesUnderWay += bytes;
            reception.takenOver().whenCompleteAsync((done, failure) -> taken(bytes), loop);
        }
        Batch over = new Batch(stanzas.size(), reception.handled());
        handedOver.add(over);
        if (over.isHandled()) {
            countHandled();
        } else {
            reception.handled().whenCompleteAsync((done, failure) -> countHandled(), loop);
        }
    }

    /** Whether reading has to stop. */
    public boolean isFull() {
        return bytesUnderWay + batchBytes > maxBytes;
    }

    /** Whether nothing that came is still under way. */
    public boolean isDealtWith() {
        return handedOver.isEmpty() && batch.isEmpty();
    }

    private void taken(long bytes) {
        bytesUnderWay -= bytes;
        changed.run();
    }

    private void countHandled() {
        int count = 0;
        for (Batch first = handedOver.peek(); first != null && first.isHandled(); first = handedOver.peek()) {
            count += handedOver.remove().stanzas();
        }
        if (count > 0) {
            handled.accept(count);
        }
    }
}
