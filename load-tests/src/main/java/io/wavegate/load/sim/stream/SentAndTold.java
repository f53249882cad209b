package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What passes one way on a connection, as seen at both ends, outside of the machines: what arrives is what was sent, in order,
 * once; nothing is sent twice; what is acknowledged was handled (XEP-0198 section 4); what is neither is given back to who sent it.
 */
final class SentAndTold {
    private final StreamJudge judge;
    private final String way;
    private final List<Sent> sent = new ArrayList<>();
    private final Map<List<XmlElement>, Object> senders = new IdentityHashMap<>();
    private final Deque<Batch> underWay = new ArrayDeque<>();
    private final OncePerStream once = new OncePerStream();
    private int tracked = Integer.MAX_VALUE;
    private int arrived;
    private int handled;
    private int acknowledged;

    /** A stanza, and who sent it. */
    private record Sent(Object by, XmlElement stanza) {}

    /** What was handed over at once, and became of it. */
    private static final class Batch {
        private final int stanzas;
        private boolean handled;

        private Batch(int stanzas) {
            this.stanzas = stanzas;
        }
    }

    SentAndTold(StreamJudge judge, String way) {
        this.judge = judge;
        this.way = way;
    }

    /** This one is about to send stanzas: it is to do so by what comes back, by which they are known again. */
    List<XmlElement> comes(Object by, List<XmlElement> stanzas) {
        List<XmlElement> known = new ArrayList<>(stanzas);
        senders.put(known, by);
        return known;
    }

    /**
     * Stanzas were sent, or not.
     *
     * @param known what {@link #comes} returned
     * @param unsent which of them were not
     * @param acknowledgements whether they are to be acknowledged
     */
    void sent(List<XmlElement> known, List<XmlElement> unsent, boolean acknowledgements) {
        Object by = senders.remove(known);
        if (by == null) {
            judge.broken(way + ": " + known.size() + " stanzas are sent that nobody sends, or once more");
            return;
        }
        List<XmlElement> went = new ArrayList<>(known);
        went.removeAll(unsent);
        once.again(went).ifPresent(stanza -> judge.broken(way + ": sent once more on the same stream: " + stanza));
        if (acknowledgements && tracked == Integer.MAX_VALUE && !went.isEmpty()) {
            tracked = sent.size();
        }
        went.forEach(stanza -> sent.add(new Sent(by, stanza)));
    }

    void acknowledged(int more) {
        acknowledged += more;
        if (tracked == Integer.MAX_VALUE || tracked + acknowledged > handled) {
            judge.broken(way + ": " + acknowledged + " stanzas are acknowledged and " + handled + " handled in all");
        }
    }

    void givenBack(Object by, List<XmlElement> stanzas) {
        if (tracked == Integer.MAX_VALUE) {
            return;
        }
        List<XmlElement> due = new ArrayList<>();
        for (Sent one : sent.subList(tracked + acknowledged, sent.size())) {
            if (one.by() == by) {
                due.add(one.stanza());
            }
        }
        if (!due.equals(stanzas)) {
            judge.broken(way + ": " + due.size() + " stanzas were never acknowledged, " + stanzas.size()
                    + " are given back");
        }
    }

    /** Stanzas arrived, of which this becomes. */
    StanzaReceiver.Reception arrived(List<XmlElement> stanzas, StanzaReceiver.Reception reception) {
        for (XmlElement stanza : stanzas) {
            if (arrived >= sent.size() || !sent.get(arrived).stanza().equals(stanza)) {
                judge.broken(way + ": what arrived as number " + arrived + " of " + sent.size()
                        + " sent is another stanza: " + stanza);
            }
            arrived++;
        }
        Batch batch = new Batch(stanzas.size());
        underWay.add(batch);
        reception.handled().whenComplete((done, failure) -> {
            batch.handled = true;
            for (Batch first = underWay.peek(); first != null && first.handled; first = underWay.peek()) {
                handled += underWay.remove().stanzas;
            }
        });
        return reception;
    }
}
