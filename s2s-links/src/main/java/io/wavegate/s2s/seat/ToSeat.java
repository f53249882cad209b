package io.wavegate.s2s.seat;

import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** What a node tells the seat of a component: where its connection is. */
public sealed interface ToSeat {
    /**
     * Write these to the component; answered by {@link FromSeat.Progress}. Told again they are not written again.
     *
     * @param number one more than that of the batch before
     * @param floor what became of all before this number is known
     * @param bounded refuse them if too much waits for the component already
     */
    record Deliver(long number, long floor, boolean bounded, List<XmlElement> stanzas) implements ToSeat {
        public Deliver {
            stanzas = List.copyOf(stanzas);
        }
    }

    /** What became of the batches from this number on? Answered by {@link FromSeat.Progress}. */
    record Look(long floor) implements ToSeat {}

    /** Somebody else wants the name: does the connection still live? Not answered. */
    record Probe() implements ToSeat {}

    /** Something that a later release says. */
    record Unknown() implements ToSeat {}
}
