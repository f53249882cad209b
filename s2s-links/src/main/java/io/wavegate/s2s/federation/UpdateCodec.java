package io.wavegate.s2s.federation;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wavelet updates and commit notices (spec 3.1).
 *
 * <p>Writing, there is one {@code wavelet-update} in one {@code item}: the reference looks only at the first of each item.
 * Reading, each of them counts.
 */
public final class UpdateCodec {
    /** More {@code wavelet-update}s than this in one message are refused. */
    static final int MAX_UPDATES = 256;

    private UpdateCodec() {}

    /** The {@code event} of one update. */
    public static XmlElement event(WaveletUpdate update) {
        XmlElement.Builder wave = XmlElement.builder(Namespaces.WAVE, "wavelet-update")
                .attribute("wavelet-name", update.wavelet().toUri());
        for (ByteString delta : update.appliedDeltas()) {
            wave.child(appliedDelta(delta));
        }
        update.committed().ifPresent(version -> wave.child(commitNotice(version)));
        return XmlElement.builder(Namespaces.PUBSUB_EVENT, "event")
                .child(XmlElement.builder(Namespaces.PUBSUB_EVENT, "items")
                        .child(XmlElement.builder(Namespaces.PUBSUB_EVENT, "item")
                                .child(wave.build())
                                .build())
                        .build())
                .build();
    }

    static XmlElement appliedDelta(ByteString delta) {
        return XmlElement.builder(Namespaces.WAVE, "applied-delta")
                .text(Fields.base64(delta))
                .build();
    }

    private static XmlElement commitNotice(HashedVersion version) {
        return XmlElement.builder(Namespaces.WAVE, "commit-notice")
                .attribute("version", Long.toString(version.version()))
                .attribute("history-hash", Fields.base64(version.historyHash()))
                .build();
    }

    /** Every update in an {@code event}, in order, at least one. */
    public static List<WaveletUpdate> read(XmlElement event) throws BadStanzaException {
        List<WaveletUpdate> updates = new ArrayList<>();
        for (XmlElement item :
                Fields.child(event, Namespaces.PUBSUB_EVENT, "items").elements()) {
            if (item.is(Namespaces.PUBSUB_EVENT, "item")) {
                readItem(item, updates);
            }
        }
        if (updates.isEmpty()) {
            throw new BadStanzaException("The event has no item with a wavelet-update.");
        }
        return updates;
    }

    private static void readItem(XmlElement item, List<WaveletUpdate> updates) throws BadStanzaException {
        for (XmlElement child : item.elements()) {
            if (child.is(Namespaces.WAVE, "wavelet-update")) {
                if (updates.size() == MAX_UPDATES) {
                    throw new BadStanzaException("The message has more than " + MAX_UPDATES + " updates.");
                }
                updates.add(readUpdate(child));
            }
        }
    }

    private static WaveletUpdate readUpdate(XmlElement update) throws BadStanzaException {
        WaveletName wavelet = Fields.waveletName(update);
        List<ByteString> deltas = new ArrayList<>();
        Optional<HashedVersion> committed = Optional.empty();
        for (XmlElement child : update.elements()) {
            if (child.is(Namespaces.WAVE, "applied-delta")) {
                deltas.add(Fields.content(child));
            } else if (child.is(Namespaces.WAVE, "commit-notice")) {
                committed = Optional.of(Fields.version(child, "version", "history-hash"));
            }
        }
        if (deltas.isEmpty() && committed.isEmpty()) {
            throw new BadStanzaException("The wavelet-update has neither applied-delta nor commit-notice.");
        }
        return new WaveletUpdate(wavelet, deltas, committed);
    }
}
