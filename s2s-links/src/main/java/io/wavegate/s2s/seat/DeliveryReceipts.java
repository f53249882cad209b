package io.wavegate.s2s.seat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Which batches of one node a seat has taken on, in order and each once, and what became of them. */
public final class DeliveryReceipts {
    private final TreeMap<Long, Delivery> settled = new TreeMap<>();
    private long taken;

    /** @return whether the batch is to be written now: it is the next one */
    public boolean take(ToSeat.Deliver deliver) {
        forget(deliver.floor());
        boolean next = deliver.number() == taken + 1;
        if (next) {
            taken = deliver.number();
        }
        return next;
    }

    private void forget(long floor) {
        settled.headMap(floor).clear();
    }

    /** The end of a batch is known; what is to be said. */
    public FromSeat.Progress settled(long number, Delivery delivery) {
        settled.put(number, delivery);
        return new FromSeat.Progress(taken, List.of(new FromSeat.Settled(number, delivery)));
    }

    /** Everything that the other side may not know, because it asks or says something again. */
    public FromSeat.Progress all(long floor) {
        forget(floor);
        List<FromSeat.Settled> all = new ArrayList<>();
        settled.forEach((number, delivery) -> all.add(new FromSeat.Settled(number, delivery)));
        return new FromSeat.Progress(taken, all);
    }
}
