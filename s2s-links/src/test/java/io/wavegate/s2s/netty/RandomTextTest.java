package io.wavegate.s2s.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.DialbackKey;
import io.wavegate.s2s.stream.DialbackQuestion;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What nobody may guess: the secret of dialback that a start makes for itself (CVE-2016-1232), and ids of streams. */
class RandomTextTest {
    private static final int BITS = 128;

    @Test
    void eachOfItsBitsChanges() {
        BigInteger first = new BigInteger(RandomText.get(), 16);
        // 200 times the same bit by chance: once in 2^200.
        BigInteger changed = Stream.generate(() -> new BigInteger(RandomText.get(), 16))
                .limit(200)
                .map(first::xor)
                .reduce(BigInteger.ZERO, BigInteger::or);
        assertThat(changed.bitCount()).isEqualTo(BITS);
        assertThat(RandomText.get()).hasSize(BITS / 4);
    }

    @Test
    void twoStartsMakeDifferentSecrets() {
        DialbackKey one = NettyStreams.dialbackKey(List.of());
        DialbackKey other = NettyStreams.dialbackKey(List.of());
        assertThat(one.recognises(question(one))).isTrue();
        assertThat(other.recognises(question(one))).isFalse();
    }

    @Test
    void configuredSecretOutlivesAStart() {
        List<String> secrets = List.of("sixteen or more of them");
        assertThat(NettyStreams.dialbackKey(secrets).recognises(question(NettyStreams.dialbackKey(secrets))))
                .isTrue();
    }

    private static DialbackQuestion question(DialbackKey maker) {
        return new DialbackQuestion("a.example", "b.example", "id", maker.make("b.example", "a.example", "id"));
    }
}
