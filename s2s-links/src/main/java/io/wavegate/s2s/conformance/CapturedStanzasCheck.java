package io.wavegate.s2s.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.s2s.federation.BadStanzaException;
import io.wavegate.s2s.federation.Incoming;
import io.wavegate.s2s.federation.IncomingReader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.conformance.CaseResult;
import io.wavegate.wavelet.conformance.VectorCheck;
import java.util.Optional;

/**
 * Judges captured-stanzas: each is taken as if a peer had sent it to us. What we understand must mean the same when written
 * again, apart from attribute order, CDATA and {@code xml:lang}; what we refuse, the reference must refuse too.
 */
public final class CapturedStanzasCheck implements VectorCheck {
    @Override
    public String fileName() {
        return "captured-stanzas";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode theCase) {
        String text = theCase.required("stanza").textValue();
        if (text.startsWith("<?xml") || text.startsWith("<stream:") || text.startsWith("<handshake")) {
            return new CaseResult.NotJudged("belongs to a component's connection, not to federation");
        }
        Optional<XmlElement> stanza = StanzaText.read(text);
        return stanza.isEmpty() ? new CaseResult.Failed("not read as a stanza") : judge(stanza.get());
    }

    private static CaseResult judge(XmlElement stanza) {
        Incoming incoming = IncomingReader.read(stanza);
        if (incoming instanceof Incoming.Request request) {
            return RequestReencoding.judge(stanza, request.request());
        }
        if (incoming instanceof Incoming.Refused refused) {
            return RefusalJudgement.judge(stanza, refused.reply());
        }
        if (incoming instanceof Incoming.Ignored) {
            return CaseResult.passed();
        }
        try {
            return AnswerReencoding.judge(stanza);
        } catch (BadStanzaException e) {
            return new CaseResult.Failed("an answer of the reference was not understood: " + e.text());
        }
    }
}
