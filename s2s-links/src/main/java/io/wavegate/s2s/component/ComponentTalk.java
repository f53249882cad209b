package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlWriter;
import io.wavegate.s2s.xml.Xmlns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the effects of one input; what both sides have in common. */
final class ComponentTalk {
    private static final Set<String> STANZAS = Set.of("message", "presence", "iq");

    /** How much of the other side's own words we repeat. */
    private static final int MAX_TEXT = 200;

    private final List<ComponentEffect> effects = new ArrayList<>(4);

    static boolean isStanza(XmlElement element) {
        return element.name().namespace().equals(Xmlns.SERVER)
                && STANZAS.contains(element.name().local());
    }

    static boolean isStreamError(XmlElement element) {
        return element.is(Xmlns.STREAM, "error");
    }

    static StreamErrorCondition condition(XmlElement streamError) {
        return streamError.elements().stream()
                .filter(child -> child.name().namespace().equals(Xmlns.STREAM_ERRORS)
                        && !child.name().local().equals("text"))
                .findFirst()
                .map(child -> StreamErrorCondition.ofElement(child.name().local()))
                .orElse(StreamErrorCondition.UNDEFINED_CONDITION);
    }

    /** A stream error in words, without what could forge a line of the log. */
    static String words(XmlElement streamError) {
        String text = streamError
                .child(Xmlns.STREAM_ERRORS, "text")
                .map(XmlElement::text)
                .orElse("");
        String brief = text.substring(0, Math.min(text.length(), MAX_TEXT)).replaceAll("\\p{Cntrl}", " ");
        return condition(streamError).elementName() + (brief.isEmpty() ? "" : " \"" + brief + "\"");
    }

    /** Header of a component's stream. It binds {@code db:} too, since the writer uses that prefix inside of stanzas. */
    static byte[] header(String addressing, String host, String streamId) {
        return header(addressing, host, streamId, new XmlWriter()).toBytes();
    }

    private static XmlWriter header(String addressing, String host, String streamId, XmlWriter writer) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!host.isEmpty()) {
            attributes.put(addressing, host);
        }
        if (!streamId.isEmpty()) {
            attributes.put("id", streamId);
        }
        return writer.header(Xmlns.COMPONENT, attributes);
    }

    ComponentTalk write(XmlElement element) {
        return effect(new ComponentEffect.Write(XmlWriter.write(element)));
    }

    ComponentTalk write(byte[] bytes) {
        return effect(new ComponentEffect.Write(bytes));
    }

    ComponentTalk endOfStream() {
        return effect(new ComponentEffect.Write(new XmlWriter().endOfStream().toBytes()));
    }

    ComponentTalk deadline(Duration after) {
        return effect(new ComponentEffect.Deadline(after));
    }

    ComponentTalk effect(ComponentEffect effect) {
        effects.add(effect);
        return this;
    }

    ComponentStep to(ComponentState state) {
        return new ComponentStep(state, effects);
    }

    /** A stream error, the end tag, the end (RFC 6120 section 4.9: every one is fatal). */
    ComponentStep fail(StreamErrorCondition condition, String text, StreamEnd end) {
        XmlElement error = XmlElement.builder(Xmlns.STREAM, "error")
                .child(XmlElement.builder(Xmlns.STREAM_ERRORS, condition.elementName())
                        .build())
                .child(XmlElement.builder(Xmlns.STREAM_ERRORS, "text")
                        .text(text)
                        .build())
                .build();
        return write(new XmlWriter().element(error).endOfStream().toBytes()).end(end.saying(Optional.of(condition)));
    }

    ComponentStep end(StreamEnd end) {
        return deadline(Duration.ZERO).effect(new ComponentEffect.End(end)).to(new ComponentState.Ended());
    }
}
