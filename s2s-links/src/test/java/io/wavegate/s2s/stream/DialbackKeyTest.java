package io.wavegate.s2s.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialbackKeyTest {
    @ParameterizedTest
    @CsvSource({
        "s3cr3tf0rd14lb4ck,xmpp.example.com,example.org,D60000229F,"
                + "37c69b1cf07a3f67c04a5ef5902fa5114f2c76fe4a2686482ba5b89323075643",
        "s3cr3tf0rd14lb4ck,montague.example,capulet.example,D60000229F,"
                + "b4835385f37fe2895af6c196b59097b16862406db80559900d96bf6fa7d23df3",
        "correct-horse,wave.bee.example,wave.ada.example,s-7Qm1,"
                + "75ce0764c270175a1562ab1b0927c1e8bcc05f6a9d49faea23361974f5360673",
    })
    void keyIsThatOfXep0185(String secret, String target, String sender, String id, String key) {
        assertThat(DialbackKey.of(secret).make(target, sender, id)).isEqualTo(key);
        assertThat(DialbackKey.of(secret).recognises(new DialbackQuestion(sender, target, id, key)))
                .isTrue();
    }

    @Test
    void keyCountsForOneStreamAndOnePairOnly() {
        DialbackKey key = DialbackKey.of("secret");
        String made = key.make("b.example", "a.example", "id");
        assertThat(key.recognises(new DialbackQuestion("a.example", "b.example", "other", made)))
                .isFalse();
        assertThat(key.recognises(new DialbackQuestion("b.example", "a.example", "id", made)))
                .isFalse();
        assertThat(key.recognises(new DialbackQuestion("a.example", "b.example", "id", "")))
                .isFalse();
    }

    @Test
    void domainsThatEndAlikeHaveDifferentKeys() {
        DialbackKey key = DialbackKey.of("secret");
        assertThat(key.make("xa.example", "b.example", "id")).isNotEqualTo(key.make("x", "a.exampleb.example", "id"));
    }

    @Test
    void keysOfAnOldSecretAreRecognisedWhileSecretsChange() {
        String old = DialbackKey.of("old").make("b.example", "a.example", "id");
        DialbackKey both = DialbackKey.ofAll(List.of("new", "old"));
        assertThat(both.recognises(new DialbackQuestion("a.example", "b.example", "id", old)))
                .isTrue();
        assertThat(both.make("b.example", "a.example", "id")).isNotEqualTo(old);
    }
}
