package io.wavegate.s2s.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.xml.XmlElement;
import org.junit.jupiter.api.Test;

final class StanzaExcerptTest {
    @Test
    void addressesAndElementsStayAndPayloadsAreCut() {
        XmlElement stanza = Xml.stanza("<message id='1' from='a.test' to='b.test'><event xmlns='urn:x'><delta>"
                + "QUJD".repeat(500) + "</delta></event></message>");
        assertThat(StanzaExcerpt.of(stanza))
                .isEqualTo("<message id='1' from='a.test' to='b.test'><event xmlns='urn:x'><delta>" + "QUJD".repeat(6)
                        + "...(2000 characters)</delta></event></message>");
    }

    @Test
    void manyChildrenAndLongAttributesAreCut() {
        StringBuilder items = new StringBuilder("<iq id='" + "x".repeat(5_000) + "'><q xmlns='urn:x'>");
        for (int i = 0; i < 1_000; i++) {
            items.append("<item jid='").append("y".repeat(190)).append("'/>");
        }
        String line = StanzaExcerpt.of(Xml.stanza(items.append("</q></iq>").toString()));
        assertThat(line).hasSizeLessThanOrEqualTo(4_003).contains("...(5000 characters)");
    }

    @Test
    void aLineStaysALine() {
        assertThat(StanzaExcerpt.of(Xml.stanza("<message><body>a\nb\tc</body></message>")))
                .isEqualTo("<message><body>a b c</body></message>");
    }

    @Test
    void aCharacterOfTwoUnitsIsNotCutInHalf() {
        String text = "x".repeat(23) + "\ud83d\ude00 and more of it";
        assertThat(StanzaExcerpt.of(Xml.stanza("<message><body>" + text + "</body></message>")))
                .contains("x".repeat(23) + "...(");
    }
}
