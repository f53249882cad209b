package io.wavegate.s2s.xml;

import static io.wavegate.s2s.xml.ParserFeeding.HEADER;
import static io.wavegate.s2s.xml.ParserFeeding.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmppParserTest {
    private static final XmlLimits LIMITS = XmlLimits.ofBytes(10_000);

    private static List<XmlEvent> both(String input) {
        return both(input.getBytes(StandardCharsets.UTF_8));
    }

    private static List<XmlEvent> both(byte[] input) {
        List<XmlEvent> whole = parse(input, input.length, LIMITS);
        assertThat(parse(input, 1, LIMITS).stream().map(XmppParserTest::kind))
                .containsExactlyElementsOf(
                        whole.stream().map(XmppParserTest::kind).toList());
        return whole;
    }

    /** Texts of violations may name another place, depending on how the input was cut. */
    private static Object kind(XmlEvent event) {
        return event instanceof XmlEvent.Violation violation ? violation.condition() : event;
    }

    private static StreamErrorCondition refused(String input) {
        List<XmlEvent> events = both(input);
        return ((XmlEvent.Violation) events.get(events.size() - 1)).condition();
    }

    @Test
    void readsAStreamFromHeaderToEnd() {
        List<XmlEvent> events =
                both(HEADER + "<iq id='1'/> \n<db:result from='x'>k&amp;<![CDATA[<>]]></db:result></stream:stream>");
        assertThat(events)
                .containsExactly(
                        new XmlEvent.StreamOpened(new StreamHeader(
                                new XmlName(Xmlns.STREAM, "stream"),
                                Xmlns.SERVER,
                                true,
                                Optional.of("a.example"),
                                Optional.of("b.example"),
                                Optional.of("7"),
                                Optional.of("1.0"))),
                        new XmlEvent.FirstLevel(
                                XmlElement.builder(Xmlns.SERVER, "iq")
                                        .attribute("id", "1")
                                        .build(),
                                12),
                        new XmlEvent.FirstLevel(
                                new XmlElement(
                                        new XmlName(Xmlns.DIALBACK, "result"),
                                        Map.of(new XmlName("", "from"), "x"),
                                        List.of(new XmlNode.Text("k&<>"))),
                                52),
                        new XmlEvent.StreamClosed());
    }

    @Test
    void keepaliveSpacesAreNeitherEventsNorCounted() {
        String spaces = " ".repeat(30_000);
        assertThat(both(HEADER + spaces + "<a/>" + spaces + "<a/>" + spaces)).hasSize(3);
    }

    @Test
    void whatFollowsAnEventCanBeTakenAwayUnparsed() {
        XmppParser parser = new XmppParser(LIMITS);
        parser.feed((HEADER + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message>injected")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(parser.next()).containsInstanceOf(XmlEvent.StreamOpened.class);
        assertThat(parser.next()).containsInstanceOf(XmlEvent.FirstLevel.class);
        assertThat(new String(parser.takeUnread(), StandardCharsets.UTF_8)).isEqualTo("<message>injected");
        assertThat(parser.next()).isEmpty();
    }

    @Test
    void anElementMayBeExactlyAsLargeAsTheLimit() {
        String atLimit = "<a>" + "x".repeat(10_000 - 7) + "</a>";
        assertThat(both(HEADER + atLimit + atLimit)).hasSize(3).noneMatch(XmlEvent.Violation.class::isInstance);
        assertThat(refused(HEADER + atLimit + "<a>" + "x".repeat(10_000 - 6) + "</a>"))
                .isEqualTo(StreamErrorCondition.POLICY_VIOLATION);
    }

    @Test
    void theLimitStrikesBeforeTheElementIsComplete() {
        assertThat(refused(HEADER + "<a b='" + "x".repeat(10_000))).isEqualTo(StreamErrorCondition.POLICY_VIOLATION);
    }

    @Test
    void aHeaderIsLimitedToo() {
        assertThat(refused("<a b='" + "x".repeat(10_000))).isEqualTo(StreamErrorCondition.POLICY_VIOLATION);
    }

    @Test
    void depthAttributesNamespacesAndNamesAreLimited() {
        assertThat(both(HEADER + "<a>".repeat(63) + "</a>".repeat(63))).hasSize(2);
        assertThat(refused(HEADER + "<a>".repeat(64))).isEqualTo(StreamErrorCondition.POLICY_VIOLATION);
        assertThat(refused(HEADER + "<a" + " b%d='1'".repeat(65).formatted(numbers(65)) + "/>"))
                .isEqualTo(StreamErrorCondition.POLICY_VIOLATION);
        assertThat(refused(HEADER + "<a" + " xmlns:b%d='u'".repeat(33).formatted(numbers(33)) + "/>"))
                .isEqualTo(StreamErrorCondition.POLICY_VIOLATION);
        assertThat(refused(HEADER + "<" + "a".repeat(1025) + "/>")).isEqualTo(StreamErrorCondition.POLICY_VIOLATION);
    }

    private static Object[] numbers(int count) {
        Object[] numbers = new Object[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- comment -->",
                "<?php ?>",
                "<!DOCTYPE a>",
                "<a><!-- comment --></a>",
                "<a><?pi x?></a>",
                "<a>&foo;</a>",
                "<!ENTITY a 'b'>",
                "<?xml version='1.0'?>",
            })
    void markupThatXmppForbidsIsRestrictedXml(String input) {
        assertThat(refused(HEADER + input)).isEqualTo(StreamErrorCondition.RESTRICTED_XML);
    }

    @Test
    void aDocumentTypeBeforeTheHeaderIsRestrictedXml() {
        assertThat(refused("<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'b'>]>"))
                .isEqualTo(StreamErrorCondition.RESTRICTED_XML);
        assertThat(refused("<!-- x -->")).isEqualTo(StreamErrorCondition.RESTRICTED_XML);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a></b> ",
                "<xmlns:a/>",
                "<x:5a xmlns:x='urn:x'/>",
                "<x:-a xmlns:x='urn:x'/>",
                "<x: xmlns:x='urn:x'/>",
                "<x:a:b xmlns:x='urn:x'/>",
                "<a xml:5ang='en'/>",
                "<a xmlns:5a='urn:x'/>",
                "<a xmlns:xmlns='urn:x'/>",
                "<a b='&foo;'/>",
                "<a>&</a>",
                "<a>&#0;</a>",
                "<a>&#xFFFF;</a>",
                "<a>&#xD800;</a>",
                "<a>\uFFFF</a>",
                "<a b='\uFFFF'/>",
                "<a>]]></a>",
                "<a b='<'/>",
                "<a b='1' b='2'/>",
                "<a b=1/>",
                "<a b/>",
                "< a/>",
                "<1a/>",
                "<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>",
                "<x:a/>",
                "<a x:y='1'/>",
                "<a xmlns:xml='foo'/>",
                "<a xmlns:xmlns='foo'/>",
                "<a xmlns:x=''/>",
                "<a xmlns:x='u' x:='1'/>",
                "<a>\u0001</a>",
                "<a>&lt</a>",
                "<a b='1'c='2'/>",
                "<a:b:c xmlns:a='u'/>",
                "</a>",
                "<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>",
                "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
                "<a / b='1'/>",
                "<a></a b='1'>",
                "<a><b></a></b>",
                "<//a>",
            })
    void whatIsNotWellFormedEndsTheStream(String input) {
        assertThat(refused(HEADER + input)).isEqualTo(StreamErrorCondition.NOT_WELL_FORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"C0AF", "E080AF", "EDA080", "F4908080", "F5808080", "FF", "C2", "80", "E28228", "F08080AF", "00"
            })
    void invalidUtf8EndsTheStreamInTextAttributesAndNames(String hex) {
        for (String form : List.of("<a>_</a>", "<a b='_'/>", "<a_/>", "<a><![CDATA[_]]></a>")) {
            String[] around = (HEADER + form).split("_", 2);
            byte[] octets = HexFormat.of().parseHex(hex);
            byte[] input = new String(around[0] + new String(octets, StandardCharsets.ISO_8859_1) + around[1])
                    .getBytes(StandardCharsets.ISO_8859_1);
            List<XmlEvent> events = both(input);
            assertThat(events.get(events.size() - 1)).isInstanceOf(XmlEvent.Violation.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x, BAD_FORMAT",
        "\uFEFF, BAD_FORMAT",
        "<![CDATA[x]]>, BAD_FORMAT",
        "&amp;, BAD_FORMAT",
    })
    void textBetweenElementsIsABadFormat(String input, StreamErrorCondition condition) {
        assertThat(refused(HEADER + input)).isEqualTo(condition);
        assertThat(refused(input + HEADER)).isEqualTo(condition);
    }

    @Test
    void aByteOrderMarkInsideTextIsAnOrdinaryCharacter() {
        XmlEvent.FirstLevel first =
                (XmlEvent.FirstLevel) both(HEADER + "<a>\uFEFF</a>").get(1);
        assertThat(first.element().text()).isEqualTo("\uFEFF");
    }

    @Test
    void otherEncodingsAndVersionsAreRefused() {
        assertThat(refused("<?xml version='1.0' encoding='ISO-8859-1'?><a>"))
                .isEqualTo(StreamErrorCondition.UNSUPPORTED_ENCODING);
        assertThat(refused("<?xml version='1.1'?><a>")).isEqualTo(StreamErrorCondition.UNSUPPORTED_ENCODING);
        byte[] utf16 = HEADER.getBytes(StandardCharsets.UTF_16LE);
        assertThat(parse(utf16, utf16.length, LIMITS).get(0)).isInstanceOf(XmlEvent.Violation.class);
    }

    @Test
    void nothingIsReadAfterAViolationOrTheEnd() {
        assertThat(both(HEADER + "</stream:stream><a/>")).hasSize(2);
        assertThat(both(HEADER + "<?x?><a/>")).hasSize(2);
    }

    @Test
    void aStreamOfManyNamesGoesOnWithTheNamespacesOfItsHeader() {
        XmppParser parser = new XmppParser(LIMITS);
        parser.feed(HEADER.getBytes(StandardCharsets.UTF_8));
        assertThat(parser.next()).isPresent();
        for (int i = 0; i < 60_000; i++) {
            parser.feed(("<db:verify x" + i + "='1'><stream:y/></db:verify>").getBytes(StandardCharsets.UTF_8));
            XmlEvent.FirstLevel first = (XmlEvent.FirstLevel) parser.next().orElseThrow();
            assertThat(first.element().is(Xmlns.DIALBACK, "verify")).isTrue();
        }
        parser.feed("</stream:stream>".getBytes(StandardCharsets.UTF_8));
        assertThat(parser.next()).contains(new XmlEvent.StreamClosed());
    }

    @Test
    void theLimitCanBeRaisedWhileTheStreamRuns() {
        XmppParser parser = new XmppParser(LIMITS);
        parser.limitElementBytes(20_000);
        parser.feed((HEADER + "<a>" + "x".repeat(15_000) + "</a>").getBytes(StandardCharsets.UTF_8));
        assertThat(parser.next()).isPresent();
        assertThat(parser.next()).containsInstanceOf(XmlEvent.FirstLevel.class);
    }
}
