package io.wavegate.s2s.jid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JidTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Ada@Bee.Example/Desk|ada@bee.example/Desk",
                "d.example|d.example",
                "d.example.|d.example",
                "ada@d.example/foo@bar|ada@d.example/foo@bar",
                "a.example/b@c.example|a.example/b@c.example",
                "fußball@d.example|fußball@d.example",
                "Σ@d.example|σ@d.example",
                "ΑΣ@d.example|ας@d.example!",
                "foo\\20bar@d.example|foo\\20bar@d.example",
                "ada@d.example/♚|ada@d.example/♚",
                "ada@Bücher.example|ada@bücher.example",
                "ada@xn--bcher-kva.example|ada@bücher.example",
                "ada@XN--BCHER-KVA.example|ada@bücher.example",
                "ada@ＢＥＥ.example|ada@bee.example",
            })
    void preparedFormIs(String raw, String prepared) {
        boolean differs = prepared.endsWith("!");
        String expected = differs ? prepared.substring(0, prepared.length() - 1) : prepared;
        if (differs) {
            assertThat(Jid.parse(raw).map(Jid::toString)).isNotEqualTo(java.util.Optional.of(expected));
        } else {
            assertThat(Jid.parse(raw).map(Jid::toString)).contains(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@d.example",
                "ada@",
                "/x",
                "d.example/",
                "foo bar@d.example",
                "\"ada\"@d.example",
                "♚@d.example",
                "henryⅣ@d.example",
                "a@b@d.example",
                "192.0.2.1",
                "[2001:db8::1]",
                "-a.example",
                "a-.example",
                "a..example",
                ".example",
                "a_b.example",
                "faß.example",
                "xn--a.example",
                "xn--.example",
                "a\u3002example",
                "ada@bee.example\u0000",
                "bee.example\u200d",
                "b\u0335ee.example\uFEFF",
                "K\u200Bx@d.example",
            })
    void isRefused(String raw) {
        assertThat(Jid.parse(raw)).isEmpty();
    }

    @Test
    void sharpSIsNotDoubleS() {
        assertThat(Jid.parse("fußball@d.example")).isNotEqualTo(Jid.parse("fussball@d.example"));
    }

    @Test
    void finalSigmaIsAnotherLetter() {
        assertThat(Jid.parse("ς@d.example")).isPresent().isNotEqualTo(Jid.parse("σ@d.example"));
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(Domain.parse("WIKI.EXAMPLE").map(Domain::value)).contains("wiki.example");
            assertThat(Jid.parse("INA@d.example").map(Jid::toString)).contains("ina@d.example");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void labelsAndNamesHaveTheLengthOfDns() {
        String label = "a".repeat(63);
        assertThat(Domain.parse(label + ".example")).isPresent();
        assertThat(Domain.parse(label + "a.example")).isEmpty();
        String longest = (label + ".").repeat(3) + "a".repeat(61);
        assertThat(Domain.parse(longest)).isPresent();
        assertThat(Domain.parse(longest + ".")).isPresent();
        assertThat(Domain.parse(longest + "a")).isEmpty();
    }

    @Test
    void partsAreAtMost1023Octets() {
        assertThat(Jid.parse("a".repeat(1023) + "@d.example")).isPresent();
        assertThat(Jid.parse("a".repeat(1024) + "@d.example")).isEmpty();
        assertThat(Jid.parse("d.example/" + "é".repeat(511))).isPresent();
        assertThat(Jid.parse("d.example/" + "é".repeat(512))).isEmpty();
    }

    @Test
    void theALabelFormGoesToDnsAndCertificates() {
        assertThat(Domain.parse("bücher.example").orElseThrow().ascii()).isEqualTo("xn--bcher-kva.example");
    }
}
