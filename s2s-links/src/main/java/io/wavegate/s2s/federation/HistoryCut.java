package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shortens an answer of history to what a peer takes in one stanza (XEP-0478), in the reference's form of a history that
 * stops early (spec 3.6). Who asks looks at where the last delta ends, and asks again from there.
 */
public final class HistoryCut {
    private static final String TRUNCATED = "history-truncated";
    private static final String COMMITTED = "commit-notice";

    private HistoryCut() {}

    /**
     * The first deltas of an answer, as many as fit but fewer than there are, and at least one.
     *
     * @return empty if the stanza is no answer of history, or one of a single delta: it cannot be shortened
     */
    public static Optional<XmlElement> of(XmlElement reply, int maxBytes) {
        Optional<XmlElement> items =
                reply.child(Namespaces.PUBSUB, "pubsub").flatMap(pubsub -> pubsub.child(Namespaces.PUBSUB, "items"));
        List<XmlElement> deltas = new ArrayList<>();
        List<XmlElement> others = new ArrayList<>();
        items.ifPresent(all -> all.elements().forEach(item -> (isDelta(item) ? deltas : others).add(item)));
        Optional<XmlElement> truncated = deltas.size() < 2 ? Optional.empty() : truncated(others);
        if (truncated.isEmpty()) {
            return Optional.empty();
        }
        others.removeIf(item -> item.child(Namespaces.WAVE, TRUNCATED).isPresent());
        others.add(truncated.get());
        long left = maxBytes - bytes(answer(reply, others));
        List<XmlElement> kept = new ArrayList<>();
        for (XmlElement delta : deltas.subList(0, deltas.size() - 1)) {
            // Written alone it declares its namespace, which it need not do here: rather a little too much.
            left -= bytes(delta);
            if (left < 0 && !kept.isEmpty()) {
                break;
            }
            kept.add(delta);
        }
        kept.addAll(others);
        return Optional.of(answer(reply, kept));
    }

    private static boolean isDelta(XmlElement item) {
        return item.child(Namespaces.WAVE, "applied-delta").isPresent();
    }

    // Its version is that of the commit notice, which is there in every answer: the end that was asked for.
    private static Optional<XmlElement> truncated(List<XmlElement> others) {
        return others.stream()
                .flatMap(item -> item.elements().stream())
                .filter(notice -> notice.is(Namespaces.WAVE, COMMITTED) || notice.is(Namespaces.WAVE, TRUNCATED))
                .flatMap(notice -> notice.attribute("version").stream())
                .findFirst()
                .map(version -> HistoryCodec.item(HistoryCodec.versioned(TRUNCATED, version)));
    }

    private static XmlElement answer(XmlElement reply, List<XmlElement> items) {
        XmlElement.Builder all = Pubsub.element("items");
        items.forEach(all::child);
        return Stanzas.result(Addresses.of(reply), List.of(Pubsub.wrap(all.build())));
    }

    private static long bytes(XmlElement element) {
        return XmlWriter.write(element).length;
    }
}
