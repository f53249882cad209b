package io.wavegate.s2s.federation;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** History requests and their answers (spec 3.6). */
public final class HistoryCodec {
    /** More deltas than this in one answer are refused. */
    static final int MAX_DELTAS = 65_536;

    private HistoryCodec() {}

    /**
     * What is asked for.
     *
     * @param start inclusive
     * @param end exclusive
     * @param maxBytes bound of the answer's deltas; at least one is given
     */
    public record Request(WaveletName wavelet, HashedVersion start, HashedVersion end, OptionalLong maxBytes) {}

    /** The {@code pubsub} of a request. */
    public static XmlElement request(Request request) {
        XmlElement.Builder history = XmlElement.builder(Namespaces.WAVE, "delta-history")
                .attribute("start-version", Long.toString(request.start().version()))
                .attribute("start-version-hash", Fields.base64(request.start().historyHash()))
                .attribute("end-version", Long.toString(request.end().version()))
                .attribute("end-version-hash", Fields.base64(request.end().historyHash()))
                .attribute("wavelet-name", request.wavelet().toUri());
        request.maxBytes().ifPresent(bytes -> history.attribute("response-length-limit", Long.toString(bytes)));
        return Pubsub.items(Pubsub.WAVELET_NODE, history.build());
    }

    /** Reads the {@code pubsub} of a request; the reference is silent when start is not before end (spec 9.4). */
    public static Request readRequest(XmlElement pubsub) throws BadStanzaException {
        XmlElement history = Pubsub.listed(pubsub, "delta-history");
        HashedVersion start = Fields.version(history, "start-version", "start-version-hash");
        HashedVersion end = Fields.version(history, "end-version", "end-version-hash");
        if (start.version() >= end.version()) {
            throw new BadStanzaException("The start-version is not before the end-version.");
        }
        OptionalLong limit = history.attribute("response-length-limit").isPresent()
                ? OptionalLong.of(Fields.number(history, "response-length-limit"))
                : OptionalLong.empty();
        return new Request(Fields.waveletName(history), start, end, limit);
    }

    /**
     * The {@code pubsub} of an answer.
     *
     * @param end what was asked for: as in the reference, it is the version of the commit notice and of a truncated
     *     history. Where the wavelet stands by now is not for everybody who may read a part of it
     */
    public static XmlElement response(History history, long end) {
        XmlElement.Builder items = Pubsub.element("items");
        for (ByteString delta : history.appliedDeltas()) {
            items.child(item(UpdateCodec.appliedDelta(delta)));
        }
        String asked = Long.toString(end);
        history.committedVersion().ifPresent(version -> items.child(item(versioned("commit-notice", asked))));
        if (history.truncated()) {
            items.child(item(versioned("history-truncated", asked)));
        }
        return Pubsub.wrap(items.build());
    }

    static XmlElement item(XmlElement payload) {
        return Pubsub.element("item").child(payload).build();
    }

    static XmlElement versioned(String local, String version) {
        return XmlElement.builder(Namespaces.WAVE, local)
                .attribute("version", version)
                .build();
    }

    /** Reads the {@code pubsub} of an answer. Versions in it mean nothing (spec 3.6), but have to be numbers. */
    public static History readResponse(XmlElement pubsub) throws BadStanzaException {
        List<ByteString> deltas = new ArrayList<>();
        OptionalLong committed = OptionalLong.empty();
        boolean truncated = false;
        for (XmlElement item : Fields.child(pubsub, Namespaces.PUBSUB, "items").elements()) {
            for (XmlElement child : item.elements()) {
                if (child.is(Namespaces.WAVE, "applied-delta")) {
                    if (deltas.size() == MAX_DELTAS) {
                        throw new BadStanzaException("The history has more than " + MAX_DELTAS + " deltas.");
                    }
                    deltas.add(Fields.content(child));
                } else if (child.is(Namespaces.WAVE, "commit-notice")) {
                    committed = OptionalLong.of(Fields.number(child, "version"));
                } else if (child.is(Namespaces.WAVE, "history-truncated")) {
                    Fields.number(child, "version");
                    truncated = true;
                }
            }
        }
        return new History(deltas, committed, truncated);
    }
}
