package io.wavegate.wavelet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.conformance.VectorFile;
import io.wavegate.wavelet.conformance.VectorJson;
import io.wavegate.wavelet.conformance.Vectors;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DeltaCodecPropertiesTest {
    private static final VectorFile DELTAS = Vectors.file("delta-bytes");
    private static final List<ByteString> BYTES = IntStream.range(0, 600)
            .mapToObj(i -> VectorJson.bytes(DELTAS.cases().get(i).required("bytes")))
            .toList();

    @Property(tries = 1_000)
    void damagedBytesAreRefusedOrReadNeverMore(
            @ForAll("deltas") ByteString bytes, @ForAll @IntRange(max = 10_000) int at, @ForAll byte with) {
        byte[] damaged = bytes.toByteArray();
        damaged[at % damaged.length] = with;
        assertThatCode(() -> DeltaCodec.decode(ByteString.copyFrom(damaged), CodecLimits.DEFAULTS))
                .doesNotThrowAnyException();
    }

    @Property(tries = 200)
    void anAppliedDeltaSaysWhatItWasMadeOf(
            @ForAll("deltas") ByteString payload,
            @ForAll @IntRange(min = 1, max = 9) int operations,
            @ForAll long time) {
        WaveletDelta delta = ((Answer.Ok<WaveletDelta>) DeltaCodec.decode(payload, CodecLimits.DEFAULTS)).value();
        if (delta.target().version() < 0 || delta.target().version() > Long.MAX_VALUE - 100) {
            return;
        }
        HashedVersion at = new HashedVersion(delta.target().version() + 7, ByteString.copyFromUtf8("hash"));
        ByteString bytes = AppliedDeltaCodec.encode(SignedDeltaCodec.of(payload, List.of()), at, operations, time);

        ReceivedDelta read = ((Answer.Ok<ReceivedDelta>) AppliedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS)).value();

        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(read.signed().payload()).isEqualTo(payload);
        assertThat(read.original()).isEqualTo(delta);
        assertThat(List.of(read.appliedAt(), read.operationsApplied(), read.timestampMillis()))
                .isEqualTo(List.of(at, operations, time));
    }

    @Provide
    Arbitrary<ByteString> deltas() {
        return Arbitraries.of(BYTES);
    }
}
