package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The stanzas of one pair that came to an edge and are not dealt with yet: numbered in the order they came, kept, and said
 * again when no entity answers, or another one does. So each is dealt with at least once, and by one incarnation of the
 * entity exactly once; see {@link InboundReceipt} for the other side.
 *
 * <pre>
 *   edge                          entity
 *     Inbound 7..9, floor 5  ───►   takes 7..9 if all before 7 are there
 *                            ◄───   Progress received 10, handled 5
 *                            ◄───   Progress received 10, handled 10: forgotten here, acknowledged to the peer (XEP-0198)
 * </pre>
 *
 * <p>It keeps what it is given; who gives stops when too much is not received ({@link Outcome#received}). A received stanza is
 * bounded by the entity, which refuses what is too much for it.
 */
public final class InboundLedger {
    private final DomainPair pair;
    private final long resendMillis;
    private final long mostMillis;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long next;
    private long received;
    private long incarnation;
    private long intervalMillis;
    private long dueMillis = Long.MAX_VALUE;

    private static final class Kept {
        final long token;
        final long first;
        final List<XmlElement> stanzas;
        boolean received;

        Kept(long token, long first, List<XmlElement> stanzas) {
            this.token = token;
            this.first = first;
            this.stanzas = stanzas;
        }

        long end() {
            return first + stanzas.size();
        }
    }

    /**
     * What is new.
     *
     * @param received tokens of batches that are with the entity now
     * @param handled tokens of batches that are dealt with now
     * @param say to be said to the entity
     */
    public record Outcome(List<Long> received, List<Long> handled, List<FromEdge.Inbound> say) {}

    /**
     * @param first the number of the first stanza: larger than any number that was used for the pair before
     * @param resendMillis after so long without an answer stanzas are said again, later more rarely
     * @param mostMillis but at least so often
     */
    public InboundLedger(DomainPair pair, long first, long resendMillis, long mostMillis) {
        this.pair = pair;
        this.resendMillis = resendMillis;
        this.mostMillis = mostMillis;
        this.next = first;
        this.received = first;
        this.intervalMillis = resendMillis;
    }

    /**
     * Takes a batch on.
     *
     * @param token names it in {@link Outcome}
     * @return to be said to the entity
     */
    public FromEdge.Inbound add(long token, List<XmlElement> stanzas, long nowMillis) {
        Kept batch = new Kept(token, next, List.copyOf(stanzas));
        kept.add(batch);
        next = batch.end();
        if (dueMillis == Long.MAX_VALUE) {
            dueMillis = nowMillis + intervalMillis;
        }
        return inbound(batch);
    }

    /** An entity has said how far it is; what an older one says does not count. */
    public Outcome progress(long speaker, ToEdge.Progress progress, long nowMillis) {
        if (speaker < incarnation) {
            return new Outcome(List.of(), List.of(), List.of());
        }
        boolean another = speaker > incarnation;
        incarnation = speaker;
        long before = received;
        long handledTo = Math.min(progress.handled(), next);
        long receivedTo = Math.max(handledTo, Math.min(progress.received(), next));
        received = another ? receivedTo : Math.max(received, receivedTo);
        Outcome outcome = settle(handledTo);
        if (another) {
            sayAgain(outcome.say());
        }
        if (another || received > before || !outcome.handled().isEmpty()) {
            intervalMillis = resendMillis;
            dueMillis = kept.isEmpty() ? Long.MAX_VALUE : nowMillis + intervalMillis;
        }
        return outcome;
    }

    /** An entity has come that knows nothing yet. */
    public List<FromEdge.Inbound> attached(long newcomer, long nowMillis) {
        return progress(newcomer, new ToEdge.Progress(pair, floor(), floor()), nowMillis)
                .say();
    }

    private Outcome settle(long handledTo) {
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Iterator<Kept> all = kept.iterator(); all.hasNext(); ) {
            Kept batch = all.next();
            if (batch.end() > received) {
                break;
            }
            if (!batch.received) {
                batch.received = true;
                outcome.received().add(batch.token);
            }
            if (batch.end() <= handledTo) {
                all.remove();
                outcome.handled().add(batch.token);
            }
        }
        return outcome;
    }

    /**
     * Time has passed. What was not received is said again; if all was, the oldest stanzas are, to which an entity that still
     * works on them answers that it has them, and a new one that it has not.
     */
    public List<FromEdge.Inbound> tick(long nowMillis) {
        if (nowMillis < dueMillis) {
            return List.of();
        }
        intervalMillis = Math.min(2 * intervalMillis, mostMillis);
        dueMillis = kept.isEmpty() ? Long.MAX_VALUE : nowMillis + intervalMillis;
        List<FromEdge.Inbound> say = new ArrayList<>();
        sayAgain(say);
        if (say.isEmpty() && !kept.isEmpty()) {
            say.add(inbound(kept.element()));
        }
        return say;
    }

    private void sayAgain(List<FromEdge.Inbound> say) {
        kept.stream().filter(batch -> batch.end() > received).map(this::inbound).forEach(say::add);
    }

    private FromEdge.Inbound inbound(Kept batch) {
        return new FromEdge.Inbound(pair, floor(), batch.first, batch.stanzas);
    }

    private long floor() {
        return kept.isEmpty() ? next : kept.element().first;
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextWakeMillis() {
        return dueMillis;
    }

    /** Everything is dealt with: it may be forgotten. */
    public boolean isEmpty() {
        return kept.isEmpty();
    }

    /** The number that the next stanza gets. */
    public long next() {
        return next;
    }
}
