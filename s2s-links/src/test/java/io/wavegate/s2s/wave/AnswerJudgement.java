package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether who got the recorded answer would take ours in its place: written from spec 3, 8 and 9 alone. An answer need not be
 * the same: one with more history is better, one instead of silence too.
 */
final class AnswerJudgement {
    private AnswerJudgement() {}

    /** @return what is wrong with ours; empty if nothing is */
    static Optional<String> difference(Captured.Stanza request, Optional<Captured.Stanza> recorded, XmlElement ours) {
        String type = ours.attribute("type").orElse("none");
        if (type.equals("error") && ours.elements().size() != 1) {
            return Optional.of("an error with more than the error: " + ours);
        }
        if (recorded.isEmpty()) {
            return type.equals("error") ? Optional.empty() : Optional.of(type + " where there was silence");
        }
        XmlElement theirs = recorded.get().xml();
        String recordedType = theirs.attribute("type").orElse("none");
        if (!type.equals(recordedType)) {
            return Optional.of(type + " instead of " + recordedType + text(ours));
        }
        return type.equals("error") ? Optional.empty() : payload(request, theirs, ours);
    }

    private static String text(XmlElement answer) {
        return answer.attribute("type").equals(Optional.of("error"))
                ? ": " + StanzaError.in(answer).summary()
                : "";
    }

    private static Optional<String> payload(Captured.Stanza request, XmlElement theirs, XmlElement ours) {
        if (request.find("delta-history").isPresent()) {
            return history(request, deltas(theirs), deltas(ours));
        }
        if (!Captured.all(theirs, Namespaces.DISCO_INFO, "feature").isEmpty()) {
            boolean wave = Captured.all(ours, Namespaces.DISCO_INFO, "feature").stream()
                    .anyMatch(feature -> feature.attribute("var").equals(Optional.of(Namespaces.WAVE)));
            return wave ? Optional.empty() : Optional.of("no wave feature");
        }
        if (theirs.child(Namespaces.DISCO_ITEMS, "query").isPresent()) {
            return ours.child(Namespaces.DISCO_ITEMS, "query").isPresent() ? Optional.empty() : Optional.of("no items");
        }
        if (theirs.child(Namespaces.RECEIPTS, "received").isPresent()) {
            return ours.child(Namespaces.RECEIPTS, "received").isPresent()
                    ? Optional.empty()
                    : Optional.of("no receipt");
        }
        return same(theirs.elements().get(0), ours.elements().get(0));
    }

    /** The same names, attributes and text, whatever their order and spelling in XML. */
    private static Optional<String> same(XmlElement theirs, XmlElement ours) {
        boolean equal = theirs.name().equals(ours.name())
                && attributes(theirs).equals(attributes(ours))
                && theirs.text().strip().equals(ours.text().strip())
                && theirs.elements().size() == ours.elements().size();
        if (!equal) {
            return Optional.of(ours + " instead of " + theirs);
        }
        for (int i = 0; i < ours.elements().size(); i++) {
            Optional<String> below =
                    same(theirs.elements().get(i), ours.elements().get(i));
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    private static Map<?, String> attributes(XmlElement element) {
        return element.attributes();
    }

    /** Begins where it was asked to, goes on without a gap, ends where it was asked to or before; never less than theirs. */
    private static Optional<String> history(Captured.Stanza request, List<ByteString> theirs, List<ByteString> ours) {
        XmlElement asked = request.find("delta-history").orElseThrow();
        long at = Long.parseLong(asked.attribute("start-version").orElseThrow());
        long end = Long.parseLong(asked.attribute("end-version").orElseThrow());
        if (ours.size() < theirs.size() || !ours.subList(0, theirs.size()).equals(theirs)) {
            return Optional.of(ours.size() + " deltas instead of " + theirs.size());
        }
        for (ByteString delta : ours) {
            if (StoredWavelet.decode(delta).appliedAt().version() != at) {
                return Optional.of("a gap at " + at);
            }
            at = StoredWavelet.decode(delta).claimedResult().version();
        }
        boolean limited = asked.attribute("response-length-limit").isPresent();
        return at == end || limited ? Optional.empty() : Optional.of("not in full: up to " + at + " of " + end);
    }

    private static List<ByteString> deltas(XmlElement stanza) {
        return Captured.all(stanza, Namespaces.WAVE, "applied-delta").stream()
                .map(Captured::bytes)
                .toList();
    }
}
