package io.wavegate.wavelet.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WaveletNamePropertiesTest {
    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll("names") WaveletName name) {
        assertThat(WaveletName.parseUri(name.toUri())).contains(name);
        assertThat(WaveletName.parseModern(name.toModern())).contains(name);
        assertThat(QualifiedId.parse(name.wave().toLegacy())).contains(name.wave());
    }

    @Property(tries = 500)
    void whateverIsReadHasOneKey(@ForAll("uris") String uri) {
        WaveletName.parseUri(uri).ifPresent(name -> assertThat(WaveletName.parseUri(name.toUri()))
                .contains(name));
    }

    @Property(tries = 300)
    void addressesAreLowerCasedOnce(@ForAll String address) {
        ParticipantId participant = new ParticipantId(address);
        assertThat(new ParticipantId(participant.address())).isEqualTo(participant);
        assertThat(participant.domain()).doesNotContain("@");
    }

    @Provide
    Arbitrary<WaveletName> names() {
        Arbitrary<String> domain = Arbitraries.of("a.test", "b.test", "x-1.y2.z", "localhost");
        Arbitrary<String> id = Arbitraries.strings()
                .withChars("abzAZ09-._+*@é漢\u00a0\uffef")
                .ofMinLength(1)
                .ofMaxLength(12);
        return Combinators.combine(domain, id, domain, id).as(WaveletName::new);
    }

    @Provide
    Arbitrary<String> uris() {
        return Arbitraries.strings()
                .withChars("ab.!~+%/@4é1C3A9E ")
                .ofMaxLength(24)
                .map(text -> "wave://a.test/" + text);
    }
}
