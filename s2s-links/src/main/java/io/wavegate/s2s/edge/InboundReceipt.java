package io.wavegate.s2s.edge;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How far an entity is with the stanzas of one pair from one edge: what it has, which it takes in order and once, and what of
 * that it has dealt with. The other side of {@link InboundLedger}.
 */
public final class InboundReceipt {
    private final Deque<Taken> open = new ArrayDeque<>();
    private long expected;

    private static final class Taken {
        final long first;
        final long end;
        boolean handled;

        Taken(long first, long end) {
            this.first = first;
            this.end = end;
        }
    }

    /**
     * Stanzas have come.
     *
     * @return those that are new; none if some before them are missing, which the edge will say again
     */
    public List<XmlElement> take(FromEdge.Inbound inbound) {
        expected = Math.max(expected, inbound.floor());
        long end = inbound.first() + inbound.stanzas().size();
        if (inbound.first() > expected || end <= expected) {
            return List.of();
        }
        List<XmlElement> fresh = inbound.stanzas()
                .subList((int) (expected - inbound.first()), inbound.stanzas().size());
        open.add(new Taken(expected, end));
        expected = end;
        return fresh;
    }

    /** Stanzas that were taken at once are dealt with: those before this number. */
    public void handled(long end) {
        open.stream().filter(taken -> taken.end == end).forEach(taken -> taken.handled = true);
        while (!open.isEmpty() && open.element().handled) {
            open.remove();
        }
    }

    /** All before this number have come. */
    public long received() {
        return expected;
    }

    /** All before this number are dealt with. */
    public long handled() {
        return open.isEmpty() ? expected : open.element().first;
    }
}
