package io.wavegate.s2s.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class XmlRoundTripTest {
    private static final XmlLimits LIMITS = XmlLimits.ofBytes(1_000_000);

    @Property(tries = 200)
    void whatIsWrittenIsReadAsItWas(@ForAll("elements") XmlElement element) {
        assertThat(ParserFeeding.element(XmlWriter.write(element))).isEqualTo(element);
    }

    @Property(tries = 100)
    void howTheInputIsCutDoesNotMatter(@ForAll("elements") XmlElement element) {
        String input = ParserFeeding.HEADER + new String(XmlWriter.write(element), StandardCharsets.UTF_8);
        List<XmlEvent> whole = ParserFeeding.parse(input, input.length() * 4, LIMITS);
        assertThat(ParserFeeding.parse(input, 1, LIMITS)).isEqualTo(whole);
        assertThat(ParserFeeding.parse(input, 7, LIMITS)).isEqualTo(whole);
    }

    @Property(tries = 100)
    void anotherParserReadsTheSame(@ForAll("elements") XmlElement element) {
        byte[] input = (ParserFeeding.HEADER + new String(XmlWriter.write(element), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(JdkXml.firstLevelElement(input)).isEqualTo(element);
    }

    @Test
    void textThatXmlCannotCarryIsRefused() {
        for (String text : List.of("\u0000", "\u0008", "\uFFFE", "\uD800", "\uDC00x")) {
            XmlElement element = XmlElement.builder("", "a").text(text).build();
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> XmlWriter.write(element))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void streamAndDialbackHaveTheirPrefixesLiterally() {
        XmlElement features = XmlElement.builder(Xmlns.STREAM, "features")
                .child(XmlElement.builder(Xmlns.TLS, "starttls").build())
                .child(XmlElement.builder(Xmlns.SERVER, "x").build())
                .build();
        assertThat(new String(XmlWriter.write(features), StandardCharsets.UTF_8))
                .isEqualTo(
                        "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><x/></stream:features>");
        XmlElement verify =
                XmlElement.builder(Xmlns.DIALBACK, "verify").text("k").build();
        assertThat(new String(XmlWriter.write(verify), StandardCharsets.UTF_8)).isEqualTo("<db:verify>k</db:verify>");
    }

    @Provide
    Arbitrary<XmlElement> elements() {
        return element(3);
    }

    private Arbitrary<XmlElement> element(int depth) {
        Arbitrary<List<XmlNode>> children = depth == 0
                ? Arbitraries.just(List.of())
                : Arbitraries.oneOf(
                                texts().map(text -> Optional.<XmlNode>of(new XmlNode.Text(text))),
                                element(depth - 1).map(Optional::<XmlNode>of))
                        .list()
                        .ofMaxSize(3)
                        .map(XmlRoundTripTest::normal);
        return Combinators.combine(names(), attributes(), children).as(XmlElement::new);
    }

    /** As a parser gives them: no empty text, no two texts side by side. */
    private static List<XmlNode> normal(List<Optional<XmlNode>> nodes) {
        List<XmlNode> normal = new ArrayList<>();
        for (Optional<XmlNode> node : nodes) {
            boolean text = node.orElseThrow() instanceof XmlNode.Text;
            boolean empty = node.get() instanceof XmlNode.Text t && t.value().isEmpty();
            boolean afterText = !normal.isEmpty() && normal.get(normal.size() - 1) instanceof XmlNode.Text;
            if (!empty && !(text && afterText)) {
                normal.add(node.get());
            }
        }
        return normal;
    }

    private static Arbitrary<XmlName> names() {
        Arbitrary<String> namespaces =
                Arbitraries.of(Xmlns.SERVER, Xmlns.STREAM, Xmlns.DIALBACK, "urn:x", "urn:a&'\"<b>", "");
        return Combinators.combine(namespaces, locals()).as(XmlName::new);
    }

    private static Arbitrary<String> locals() {
        return Arbitraries.of("message", "iq", "a", "b-c", "d.e", "é", "_1");
    }

    private static Arbitrary<Map<XmlName, String>> attributes() {
        Arbitrary<XmlName> names = Combinators.combine(Arbitraries.of("", "", Xmlns.XML, "urn:y", "urn:z"), locals())
                .as(XmlName::new)
                .filter(name ->
                        !name.namespace().equals(Xmlns.XML) || name.local().equals("a"));
        return Arbitraries.maps(names, texts()).ofMaxSize(4).map(LinkedHashMap::new);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("<>&'\"\r\n\t ]]>azAZ09+/=é€\uFEFF\uFFFD")
                .withCharRange(' ', '\u02FF')
                .ofMaxLength(12)
                .map(text -> text + (text.length() % 5 == 0 && !text.isEmpty() ? "\uD83D\uDE00" : ""));
    }
}
