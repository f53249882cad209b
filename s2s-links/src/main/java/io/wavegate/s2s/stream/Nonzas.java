package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlName;
import io.wavegate.s2s.xml.XmlNode;
import io.wavegate.s2s.xml.Xmlns;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first-level elements that are not stanzas. */
final class Nonzas {
    private static final XmlName LANG = new XmlName(Xmlns.XML, "lang");

    private Nonzas() {}

    static XmlElement features(List<XmlElement> features) {
        return new XmlElement(new XmlName(Xmlns.STREAM, "features"), Map.of(), List.copyOf(features));
    }

    static XmlElement startTls(boolean required) {
        XmlElement.Builder feature = XmlElement.builder(Xmlns.TLS, "starttls");
        return required ? feature.child(empty(Xmlns.TLS, "required")).build() : feature.build();
    }

    static XmlElement external() {
        return XmlElement.builder(Xmlns.SASL, "mechanisms")
                .child(XmlElement.builder(Xmlns.SASL, "mechanism")
                        .text("EXTERNAL")
                        .build())
                .build();
    }

    static XmlElement dialbackWithErrors() {
        return XmlElement.builder(Xmlns.DIALBACK_FEATURE, "dialback")
                .child(empty(Xmlns.DIALBACK_FEATURE, "errors"))
                .build();
    }

    /** Always with the domain: old servers do not take {@code =} (XEP-0178 section 3). */
    static XmlElement authExternal(String authzid) {
        return XmlElement.builder(Xmlns.SASL, "auth")
                .attribute("mechanism", "EXTERNAL")
                .text(Base64.getEncoder().encodeToString(authzid.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    static XmlElement saslFailure(String condition, String text) {
        return XmlElement.builder(Xmlns.SASL, "failure")
                .child(empty(Xmlns.SASL, condition))
                .child(text(Xmlns.SASL, text))
                .build();
    }

    static XmlElement dialbackRequest(DialbackQuestion question) {
        return XmlElement.builder(Xmlns.DIALBACK, "result")
                .attribute("from", question.sender())
                .attribute("to", question.target())
                .text(question.key())
                .build();
    }

    static XmlElement dialbackVerify(DialbackQuestion question) {
        return XmlElement.builder(Xmlns.DIALBACK, "verify")
                .attribute("from", question.target())
                .attribute("to", question.sender())
                .attribute("id", question.streamId())
                .text(question.key())
                .build();
    }

    /** The answer to a {@code db:result} or {@code db:verify}: addresses swapped as they were written, same id. */
    static XmlElement dialbackAnswer(XmlElement request, DialbackAnswer answer) {
        return dialbackAnswer(request, answer, answer.text());
    }

    /** The same, with the reason of an error in other words. */
    static XmlElement dialbackAnswer(XmlElement request, DialbackAnswer answer, Optional<String> reason) {
        XmlElement.Builder reply = XmlElement.builder(
                        Xmlns.DIALBACK, request.name().local())
                .attribute("from", request.attribute("to").orElse(""))
                .attribute("to", request.attribute("from").orElse(""));
        request.attribute("id").ifPresent(id -> reply.attribute("id", id));
        reply.attribute("type", answer.type());
        if (answer.isError()) {
            XmlElement.Builder error = XmlElement.builder(Xmlns.SERVER, "error")
                    .attribute("type", "cancel")
                    .child(empty(Xmlns.STANZA_ERRORS, answer.condition()));
            reason.ifPresent(words -> error.child(text(Xmlns.STANZA_ERRORS, words)));
            reply.child(error.build());
        }
        return reply.build();
    }

    static XmlElement streamError(StreamErrorCondition condition, String text, Optional<XmlElement> detail) {
        XmlElement.Builder error = XmlElement.builder(Xmlns.STREAM, "error")
                .child(empty(Xmlns.STREAM_ERRORS, condition.elementName()))
                .child(text(Xmlns.STREAM_ERRORS, text));
        detail.ifPresent(error::child);
        return error.build();
    }

    static XmlElement bidiOffer() {
        return empty(Xmlns.BIDI_FEATURE, "bidi");
    }

    /** XEP-0288 section 2.2, with what we take in that direction (XEP-0478 section 3). */
    static XmlElement bidi(XmlElement limits) {
        return XmlElement.builder(Xmlns.BIDI, "bidi").child(limits).build();
    }

    static XmlElement acknowledgement(long h) {
        return XmlElement.builder(Xmlns.ACKS, "a")
                .attribute("h", Long.toString(h))
                .build();
    }

    static XmlElement acknowledgementsFailed(String condition) {
        return XmlElement.builder(Xmlns.ACKS, "failed")
                .child(empty(Xmlns.STANZA_ERRORS, condition))
                .build();
    }

    static XmlElement handledCountTooHigh(String h, long sent) {
        return XmlElement.builder(Xmlns.ACKS, "handled-count-too-high")
                .attribute("h", h)
                .attribute("send-count", Long.toString(sent))
                .build();
    }

    static XmlElement empty(String namespace, String local) {
        return new XmlElement(new XmlName(namespace, local), Map.of(), List.of());
    }

    private static XmlElement text(String namespace, String text) {
        return new XmlElement(new XmlName(namespace, "text"), Map.of(LANG, "en"), List.of(new XmlNode.Text(text)));
    }
}
