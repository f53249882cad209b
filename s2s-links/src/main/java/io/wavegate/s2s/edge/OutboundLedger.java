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
    private final RecentReplies recent = new RecentReplies();
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
        List<XmlElement> stanzas = kept.remove(batch);
        boolean news = stanzas != null;
        if (news) {
            recent.add(stanzas, nowMillis);
            dueMillis = kept.isEmpty() ? Long.MAX_VALUE : nowMillis + resendMillis;
        }
        return news;
    }

    /** Time has passed: what is to be said again. */
    public List<ToEdge.Send> tick(long nowMillis) {
        recent.expire(nowMillis);
        List<ToEdge.Send> again = new ArrayList<>();
        if (nowMillis >= dueMillis) {
            kept.forEach((batch, stanzas) -> again.add(new ToEdge.Send(stream, batch, stanzas)));
            dueMillis = nowMillis + resendMillis;
        }
        return again;
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextWakeMillis() {
        return Math.min(dueMillis, recent.nextWakeMillis());
    }

    /** Should the edge die without a word: what is not known to be with the socket, and answers that just were. */
    List<XmlElement> doubtful() {
        List<XmlElement> doubtful = recent.all();
        kept.values().forEach(doubtful::addAll);
        return doubtful;
    }

    /**
     * The stream has ended: what it has lost. What the edge was told too late it never gave to the stream, which cannot say so.
     *
     * @param unacknowledged of what was given to the stream, oldest first
     */
    List<XmlElement> lost(List<XmlElement> unacknowledged) {
        List<XmlElement> lost = new ArrayList<>(unacknowledged);
        List<XmlElement> known = new ArrayList<>(unacknowledged);
        // One for one: the same words may have been sent before.
        kept.values()
                .forEach(batch ->
                        batch.stream().filter(one -> !known.remove(one)).forEach(lost::add));
        return lost;
    }

    /** Everything is with the socket. */
    public boolean isEmpty() {
        return kept.isEmpty();
    }
}
