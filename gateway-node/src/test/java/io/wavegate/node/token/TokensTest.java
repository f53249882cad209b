package io.wavegate.node.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.model.ParticipantId;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final TokenKey KEY =
            TokenKey.Secret.of("a secret of the tests, 32 bytes+".getBytes(StandardCharsets.UTF_8));

    private final Tokens tokens = new Tokens(KEY, Set.of("a.test"), Duration.ZERO);

    private TokenVerdict of(String subject) {
        String token = new SignedClaims(KEY, Duration.ZERO)
                .make(subject, Optional.empty(), NOW, Duration.ofHours(1))
                .orElseThrow();
        return tokens.verify(token, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jos\u00e9", "\u00e5ngstr\u00f6m", "\uac00", "stra\u00dfe", "kim"})
    void userComesInOneUnicodeFormOnly(String name) {
        assertThat(of(name + "@a.test"))
                .isInstanceOfSatisfying(TokenVerdict.Valid.class, valid -> assertThat(valid.user())
                        .isEqualTo(new ParticipantId(name + "@a.test")));
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        assertThat(of(decomposed + "@a.test") instanceof TokenVerdict.Valid).isEqualTo(decomposed.equals(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u212aim", "o\u017fwald", "\ufb01n", "\uff4bim", "\u212bngstr\u00f6m"})
    void letterThatStandsForAnotherIsRefusedAsAUsers(String name) {
        assertThat(of(name + "@a.test"))
                .isInstanceOfSatisfying(TokenVerdict.Invalid.class, invalid -> assertThat(invalid.text())
                        .contains("NFKC"));
    }

    @Test
    void domainInOtherLettersIsNotOurs() {
        assertThat(of("kim@\uff41.test")).isInstanceOf(TokenVerdict.Invalid.class);
        assertThat(of("kim@a\u3002test")).isInstanceOf(TokenVerdict.Invalid.class);
        assertThat(of("kim\uff20a.test")).isInstanceOf(TokenVerdict.Invalid.class);
    }
}
