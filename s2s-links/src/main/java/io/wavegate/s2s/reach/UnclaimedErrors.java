package io.wavegate.s2s.reach;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Errors for components of which this node has not heard yet, or not any more: a component that has just connected may have
 * sent what fails here before the node knows where it is. Kept for a moment, and not more than so many.
 */
final class UnclaimedErrors {
    private static final int MOST_STANZAS = 1_000;
    private static final long KEPT_MILLIS = 10_000;

    private final Deque<Kept> kept = new ArrayDeque<>();
    private int count;

    private record Kept(SeatName name, List<XmlElement> errors, long untilMillis) {}

    /** @return false: there are too many already, and these are lost */
    boolean keep(SeatName name, List<XmlElement> errors, long nowMillis) {
        if (count + errors.size() > MOST_STANZAS) {
            return false;
        }
        kept.add(new Kept(name, List.copyOf(errors), nowMillis + KEPT_MILLIS));
        count += errors.size();
        return true;
    }

    /** The component is known now: what there is for it, in the order it came. */
    List<XmlElement> claim(SeatName name) {
        List<XmlElement> errors = new ArrayList<>();
        for (Iterator<Kept> all = kept.iterator(); all.hasNext(); ) {
            Kept one = all.next();
            if (one.name().equals(name)) {
                all.remove();
                errors.addAll(one.errors());
            }
        }
        count -= errors.size();
        return errors;
    }

    /** @return how many nobody has come for in time; they are lost */
    int expire(long nowMillis) {
        int before = count;
        while (!kept.isEmpty() && kept.element().untilMillis() <= nowMillis) {
            count -= kept.remove().errors().size();
        }
        return before - count;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }
}
