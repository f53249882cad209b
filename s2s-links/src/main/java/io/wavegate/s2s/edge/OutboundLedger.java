package io.wavegate.s2s.edge;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The batches that an entity gave to an edge for one stream and that are not known to be with the socket: numbered, kept, and
 * said again when the edge does not answer. How many there are is bounded by who gives them. The other side is
 * {@link OutboundReceipt}.
 */
public final class OutboundLedger {
    private final long stream;
    private final long resendMillis;
    private final Map<Long, List<XmlElement>> kept = new TreeMap<>();
    private long last;
    private long dueMillis = Long.MAX_VALUE;

    /**
     * @param last the batch that the edge took on last, from whomever
     * @param resendMillis after so long without an answer batches are said again
     */
    public OutboundLedger(long stream, long last, long resendMillis) {
        this.stream = stream;
        this.last = last;
        this.resendMillis = resendMillis;
    }

    /** Takes a batch on, which is to be said to the edge. */
    public ToEdge.Send add(List<XmlElement> stanzas, long nowMillis) {
        kept.put(++last, List.copyOf(stanzas));
        dueMillis = Math.min(dueMillis, nowMillis + resendMillis);
        return new ToEdge.Send(stream, last, stanzas);
    }

    /** @return whether that was not known yet */
    public boolean written(long batch, long nowMillis) {
        boolean news = kept.remove(batch) != null;
        if (news) {
            dueMillis = kept.isEmpty() ? Long.MAX_VALUE : nowMillis + resendMillis;
        }
        return news;
    }

    /** Time has passed: what is to be said again. */
    public List<ToEdge.Send> tick(long nowMillis) {
        List<ToEdge.Send> again = new ArrayList<>();
        if (nowMillis >= dueMillis) {
            kept.forEach((batch, stanzas) -> again.add(new ToEdge.Send(stream, batch, stanzas)));
            dueMillis = nowMillis + resendMillis;
        }
        return again;
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextWakeMillis() {
        return dueMillis;
    }

    /** Everything is with the socket. */
    public boolean isEmpty() {
        return kept.isEmpty();
    }
}
