package io.wavegate.s2s.conformance;

import io.wavegate.s2s.federation.BadStanzaException;
import io.wavegate.s2s.federation.DiscoCodec;
import io.wavegate.s2s.federation.HistoryCodec;
import io.wavegate.s2s.federation.SignerCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.conformance.CaseResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges answers: read by our codecs and written again they must mean the same. */
final class AnswerReencoding {
    private AnswerReencoding() {}

    static CaseResult judge(XmlElement stanza) throws BadStanzaException {
        Optional<XmlElement> error = stanza.child(Namespaces.SERVER, "error");
        if (error.isPresent()) {
            return error(stanza, error.get());
        }
        if (stanza.elements().isEmpty()) {
            return CaseResult.passed();
        }
        XmlElement payload = stanza.elements().get(0);
        if (payload.is(Namespaces.PUBSUB, "pubsub")) {
            return CaseResult.equal("answer", CanonicalXml.of(payload), CanonicalXml.of(again(payload)));
        }
        if (payload.is(Namespaces.DISCO_ITEMS, "query")) {
            List<String> expected = payload.elements().stream()
                    .flatMap(item -> item.attribute("jid").stream())
                    .toList();
            return CaseResult.equal("items", expected, DiscoCodec.items(stanza));
        }
        if (payload.is(Namespaces.DISCO_INFO, "query")) {
            boolean expected = CanonicalXml.of(payload).contains(Namespaces.WAVE);
            return CaseResult.equal("wave feature", expected, DiscoCodec.isWave(stanza));
        }
        boolean receipt = payload.is(Namespaces.RECEIPTS, "received");
        return receipt ? CaseResult.passed() : new CaseResult.NotJudged("an answer to something that is not Wave's");
    }

    /** Errors of other servers on the way carry no code and elements of their own: those are compared by meaning. */
    private static CaseResult error(XmlElement stanza, XmlElement error) {
        StanzaError read = StanzaError.in(stanza);
        if (error.attribute("code").isPresent()) {
            return CaseResult.equal("error", CanonicalXml.of(error), CanonicalXml.of(read.toXml()));
        }
        boolean named =
                error.child(Namespaces.STANZA_ERRORS, read.condition().wire()).isPresent();
        return CaseResult.equal(
                "error",
                "true " + error.attribute("type").orElse(""),
                named + " " + read.type().wire());
    }

    private static XmlElement again(XmlElement pubsub) throws BadStanzaException {
        String text = CanonicalXml.of(pubsub);
        if (text.contains("}submit-response")) {
            return SubmitCodec.response(SubmitCodec.readResponse(pubsub));
        }
        if (text.contains("}signature-response")) {
            return SignerCodec.postResponse();
        }
        if (text.contains("}signature")) {
            return SignerCodec.response(SignerCodec.readResponse(pubsub));
        }
        return HistoryCodec.response(
                HistoryCodec.readResponse(pubsub), truncatedAt(pubsub).orElse(0));
    }

    private static OptionalLong truncatedAt(XmlElement pubsub) {
        return pubsub.elements().stream()
                .flatMap(items -> items.elements().stream())
                .flatMap(item -> item.child(Namespaces.WAVE, "history-truncated").stream())
                .flatMap(truncated -> truncated.attribute("version").stream())
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
