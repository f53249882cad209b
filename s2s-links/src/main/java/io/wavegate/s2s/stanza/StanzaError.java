package io.wavegate.s2s.stanza;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlName;
import java.util.Map;

/**
 * The error in a stanza of type {@code error}.
 *
 * @param condition the defined condition
 * @param type judged instead of a condition that is not known
 * @param text for a person, possibly empty
 */
public record StanzaError(ErrorCondition condition, ErrorType type, String text) {
    /** Texts are kept to this many characters, in and out: a peer's text ends up in logs and views. */
    private static final int MAX_TEXT = 1_024;

    public StanzaError {
        text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    /** An error of ours. */
    public static StanzaError of(ErrorCondition condition, String text) {
        return new StanzaError(condition, condition.type(), text);
    }

    /**
     * Reads the error of a stanza, whatever its shape: without a readable {@code error} child it is
     * {@code undefined-condition}.
     */
    public static StanzaError in(XmlElement stanza) {
        return stanza.child(stanza.name().namespace(), "error")
                .map(StanzaError::read)
                .orElseGet(() -> StanzaError.of(ErrorCondition.UNDEFINED_CONDITION, ""));
    }

    private static StanzaError read(XmlElement error) {
        ErrorCondition condition = ErrorCondition.UNDEFINED_CONDITION;
        String text = "";
        for (XmlElement child : error.elements()) {
            if (child.is(Namespaces.STANZA_ERRORS, "text")) {
                text = child.text();
            } else if (child.name().namespace().equals(Namespaces.STANZA_ERRORS)) {
                condition = ErrorCondition.ofWire(child.name().local());
            }
        }
        ErrorType type = error.attribute("type").flatMap(ErrorType::ofWire).orElse(condition.type());
        return new StanzaError(condition, type, text);
    }

    /** Condition and text in one line, for logs and views. */
    public String summary() {
        return condition.wire() + (text.isEmpty() ? "" : ": " + text);
    }

    /** The {@code error} element in the reference's form (spec 9.2). */
    public XmlElement toXml() {
        XmlElement.Builder error = XmlElement.builder(Namespaces.SERVER, "error")
                .attribute("type", type.wire())
                .attribute("code", Integer.toString(condition.code()))
                .child(XmlElement.builder(Namespaces.STANZA_ERRORS, condition.wire())
                        .build());
        if (!text.isEmpty()) {
            XmlElement plain = XmlElement.builder(Namespaces.STANZA_ERRORS, "text")
                    .text(text)
                    .build();
            error.child(
                    new XmlElement(plain.name(), Map.of(new XmlName(Namespaces.XML, "lang"), "en"), plain.children()));
        }
        return error.build();
    }
}
