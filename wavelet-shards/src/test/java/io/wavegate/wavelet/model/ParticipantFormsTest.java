package io.wavegate.wavelet.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One user in several Unicode forms. Addresses are lower-cased and nothing else (spec section 7.1, step 6): every server of a wavelet
 * must come to the same participants, and the reference does not normalise.
 */
class ParticipantFormsTest {
    @ParameterizedTest
    @ValueSource(strings = {"jos\u00e9", "\u212bngstr\u00f6m", "\uac00", "\ufb01n", "\uff4anna", "o\u017fwald"})
    void formsOfOneNameAreOthersAndNoneMayActForAnother(String name) {
        ParticipantId given = new ParticipantId(name + "@a.test");
        Participants wavelet = Participants.of(List.of(given));
        for (Normalizer.Form form : Normalizer.Form.values()) {
            ParticipantId formed = new ParticipantId(Normalizer.normalize(name, form) + "@a.test");
            boolean same = formed.address().equals(given.address());
            assertThat(formed.equals(given)).isEqualTo(same);
            assertThat(wavelet.admit(formed, "a.test")).isEqualTo(same);
        }
        assertThat(wavelet.admit(
                        new ParticipantId(Normalizer.normalize(name, Normalizer.Form.NFKD) + "@a.test"), "a.test"))
                .isFalse();
    }

    @Test
    void formIsKeptAsTheAuthorsDomainSignedIt() {
        for (String name : List.of("jos\u00e9", "jose\u0301")) {
            WaveletDelta delta = new WaveletDelta(
                    new HashedVersion(1, ByteString.copyFromUtf8("hash")),
                    new ParticipantId(name + "@a.test"),
                    List.of(NoOp.INSTANCE),
                    List.of());
            assertThat(DeltaCodec.encode(delta).toStringUtf8()).contains(name);
        }
    }

    @Test
    void lettersOfOneLowerCaseAreOneParticipantInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(Locale.ROOT, Locale.forLanguageTag("tr"))) {
                Locale.setDefault(locale);
                assertThat(new ParticipantId("KIM@A.TEST")).isEqualTo(new ParticipantId("kim@a.test"));
                // The Kelvin sign. Who gives out tokens must not give it to another person: see TokensTest.
                assertThat(new ParticipantId("\u212aim@a.test")).isEqualTo(new ParticipantId("kim@a.test"));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"b\u00fccher.test", "\uff41.test", "a\u3002test", "\u0430.test"})
    void domainInOtherLettersIsNobodysWhomUpdatesGoTo(String domain) {
        assertThat(Participants.of(List.of(new ParticipantId("bob@" + domain))).domains())
                .isEmpty();
    }
}
