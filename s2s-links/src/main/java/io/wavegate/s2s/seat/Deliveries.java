package io.wavegate.s2s.seat;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The batches that a node has for a component elsewhere and does not know the end of: numbered, kept until they have arrived,
 * and said again when the seat does not answer. How many there are is bounded by who gives them. The other side is
 * {@link DeliveryReceipts}.
 *
 * @param <T> names a batch to its owner
 */
public final class Deliveries<T> {
    private final long resendMillis;
    private final TreeMap<Long, Batch<T>> open = new TreeMap<>();
    private long last;
    private long taken;
    private long dueMillis = Long.MAX_VALUE;

    private record Batch<T>(T token, boolean bounded, List<XmlElement> stanzas) {}

    /** What became of a batch. */
    public record Outcome<T>(T token, Delivery delivery) {}

    /** @param resendMillis after so long without an answer something is said again */
    public Deliveries(long resendMillis) {
        this.resendMillis = resendMillis;
    }

    /** Takes a batch on, which is to be said to the seat. */
    public ToSeat.Deliver add(T token, boolean bounded, List<XmlElement> stanzas, long nowMillis) {
        open.put(++last, new Batch<>(token, bounded, stanzas));
        dueMillis = Math.min(dueMillis, nowMillis + resendMillis);
        return new ToSeat.Deliver(last, floor(), bounded, stanzas);
    }

    private long floor() {
        return open.isEmpty() ? last + 1 : open.firstKey();
    }

    /** The seat says how far they have come: what became of those whose end was not known yet. */
    public List<Outcome<T>> progress(FromSeat.Progress progress, long nowMillis) {
        long takenBefore = taken;
        taken = Math.max(taken, Math.min(progress.taken(), last));
        List<Outcome<T>> outcomes = new ArrayList<>();
        for (FromSeat.Settled settled : progress.settled()) {
            Batch<T> batch = open.remove(settled.number());
            if (batch != null) {
                outcomes.add(new Outcome<>(batch.token(), settled.delivery()));
            }
        }
        // What has arrived is not said again, so its stanzas need not be kept while the component takes its time.
        open.subMap(takenBefore, false, taken, true)
                .replaceAll((number, batch) -> new Batch<>(batch.token(), batch.bounded(), List.of()));
        // Only news puts off what is to be said again: the seat answers each batch behind a lost one, and brings none.
        if (open.isEmpty()) {
            dueMillis = Long.MAX_VALUE;
        } else if (taken > takenBefore || !outcomes.isEmpty()) {
            dueMillis = nowMillis + resendMillis;
        }
        return outcomes;
    }

    /** Time has passed: what is to be said. */
    public List<ToSeat> tick(long nowMillis) {
        if (nowMillis < dueMillis) {
            return List.of();
        }
        dueMillis = nowMillis + resendMillis;
        List<ToSeat> again = new ArrayList<>();
        open.tailMap(taken, false)
                .forEach((number, batch) ->
                        again.add(new ToSeat.Deliver(number, floor(), batch.bounded(), batch.stanzas())));
        return again.isEmpty() ? List.of(new ToSeat.Look(floor())) : again;
    }

    /** The seat is gone, and with it what could be known of these. */
    public List<T> gone() {
        List<T> tokens = open.values().stream().map(Batch::token).toList();
        open.clear();
        dueMillis = Long.MAX_VALUE;
        return tokens;
    }

    /** The end of everything is known. */
    public boolean isEmpty() {
        return open.isEmpty();
    }
}
