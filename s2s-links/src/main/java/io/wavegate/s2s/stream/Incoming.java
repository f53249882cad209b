package io.wavegate.s2s.stream;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.jid.Jid;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.StreamHeader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.util.Optional;
import java.util.Set;

/** Reads what peers write. */
final class Incoming {
    private static final Set<String> STANZAS = Set.of("message", "presence", "iq");

    /** How much of a peer's own words we repeat to an operator. */
    private static final int MAX_TEXT = 200;

    private Incoming() {}

    static boolean isStanza(XmlElement element) {
        return element.name().namespace().equals(Xmlns.SERVER)
                && STANZAS.contains(element.name().local());
    }

    static boolean isStreamError(XmlElement element) {
        return element.is(Xmlns.STREAM, "error");
    }

    /** An attribute that is a domain, prepared; empty if it is missing or none. */
    static Optional<String> domain(XmlElement element, String attribute) {
        return element.attribute(attribute).flatMap(Domain::parse).map(Domain::value);
    }

    /** The domain of an attribute that is an address, prepared; empty if it is missing or malformed. */
    static Optional<String> domainOfJid(XmlElement element, String attribute) {
        return element.attribute(attribute).flatMap(Jid::parse).map(jid -> jid.domain()
                .value());
    }

    /** What is wrong with the namespaces of a header, if anything. */
    static Optional<StreamErrorCondition> namespaceFault(StreamHeader header) {
        boolean right = header.name().namespace().equals(Xmlns.STREAM)
                && header.contentNamespace().equals(Xmlns.SERVER);
        if (!right) {
            return Optional.of(StreamErrorCondition.INVALID_NAMESPACE);
        }
        return header.name().local().equals("stream") ? Optional.empty() : Optional.of(StreamErrorCondition.BAD_FORMAT);
    }

    /** Whether the peer speaks XMPP 1.0 or later; before that there were no features, only dialback. */
    static boolean hasFeatures(StreamHeader header) {
        String major = header.version().orElse("0").split("\\.", 2)[0];
        return major.chars().allMatch(Character::isDigit)
                && !major.isEmpty()
                && !major.chars().allMatch(c -> c == '0');
    }

    /** Why what a peer sent ends the stream: the one condition that says "too much" is not about its form. */
    static StreamEnd.Reason reasonOf(StreamErrorCondition violation) {
        return violation == StreamErrorCondition.POLICY_VIOLATION
                ? StreamEnd.Reason.LIMIT_EXCEEDED
                : StreamEnd.Reason.PROTOCOL_ERROR;
    }

    /** The condition of a stream error. */
    static StreamErrorCondition streamErrorCondition(XmlElement error) {
        return error.elements().stream()
                .filter(child -> child.name().namespace().equals(Xmlns.STREAM_ERRORS)
                        && !child.name().local().equals("text"))
                .findFirst()
                .map(child -> StreamErrorCondition.ofElement(child.name().local()))
                .orElse(StreamErrorCondition.UNDEFINED_CONDITION);
    }

    /** A stream error in words. */
    static String streamErrorText(XmlElement error) {
        return streamErrorCondition(error).elementName() + quoted(error.child(Xmlns.STREAM_ERRORS, "text"));
    }

    /** A SASL failure in words. */
    static String saslFailureText(XmlElement failure) {
        String condition = failure.elements().stream()
                .map(child -> child.name().local())
                .filter(local -> !local.equals("text"))
                .findFirst()
                .orElse("not-authorized");
        return brief(condition) + quoted(failure.child(Xmlns.SASL, "text"));
    }

    /** The outcome in a dialback answer. */
    static DialbackAnswer dialbackAnswer(XmlElement answer) {
        return switch (answer.attribute("type").orElse("")) {
            case "valid" -> DialbackAnswer.VALID;
            case "invalid" -> DialbackAnswer.INVALID;
            default ->
                answer.child(Xmlns.SERVER, "error").stream()
                        .flatMap(error -> error.elements().stream())
                        .findFirst()
                        .map(condition ->
                                DialbackAnswer.ofCondition(condition.name().local()))
                        .orElse(DialbackAnswer.UNDEFINED_CONDITION);
        };
    }

    private static String quoted(Optional<XmlElement> text) {
        return text.map(t -> " \"" + brief(t.text()) + "\"").orElse("");
    }

    /** Short, and without what could forge a line of the log. */
    static String brief(String words) {
        String shown = words.length() > MAX_TEXT ? words.substring(0, MAX_TEXT) + "..." : words;
        return shown.replaceAll("\\p{Cntrl}", " ");
    }
}
