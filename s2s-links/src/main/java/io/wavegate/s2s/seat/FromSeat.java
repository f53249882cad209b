package io.wavegate.s2s.seat;

import java.util.List;

/** What the seat of a component tells a node that has stanzas for it. */
public sealed interface FromSeat {
    /**
     * How far the batches of that node have come.
     *
     * @param taken all up to this number have arrived
     * @param settled what became of some, each perhaps told before
     */
    record Progress(long taken, List<Settled> settled) implements FromSeat {
        public Progress {
            settled = List.copyOf(settled);
        }
    }

    /** What became of a batch. */
    record Settled(long number, Delivery delivery) {}

    /** Something that a later release says. */
    record Unknown() implements FromSeat {}
}
