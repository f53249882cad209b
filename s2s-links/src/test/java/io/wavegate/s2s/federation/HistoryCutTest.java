package io.wavegate.s2s.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlWriter;
import io.wavegate.wavelet.api.History;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistoryCutTest {
    private static final Addresses ADDRESSES = new Addresses("id<1>", "a.test", "wave.b.test");

    @Property(tries = 200)
    void whatIsLeftFitsAndIsAsMuchAsFits(
            @ForAll @Size(min = 2, max = 30) List<@IntRange(min = 1, max = 3_000) Integer> sizes,
            @ForAll @IntRange(min = 5_000, max = 60_000) int maxBytes,
            @ForAll boolean truncated)
            throws BadStanzaException {
        List<ByteString> deltas =
                sizes.stream().map(size -> ByteString.copyFrom(new byte[size])).toList();

        XmlElement cut = HistoryCut.of(answer(deltas, truncated), maxBytes).orElseThrow();

        History left = HistoryCodec.readResponse(cut.elements().get(0));
        int kept = left.appliedDeltas().size();
        assertThat(left).isEqualTo(new History(deltas.subList(0, kept), OptionalLong.of(7), true));
        assertThat(kept).isBetween(1, deltas.size() - 1);
        assertThat(XmlWriter.write(cut).length).isLessThanOrEqualTo(maxBytes);
        int oneMore = XmlWriter.write(answer(deltas.subList(0, kept + 1), true)).length;
        assertThat(kept == deltas.size() - 1 || oneMore > maxBytes - 64 * (kept + 1))
                .as("no room is left for one more, but for a namespace each")
                .isTrue();
    }

    @Test
    void whatIsNoHistoryOrASingleDeltaIsNotCut() {
        XmlElement single = answer(List.of(ByteString.copyFrom(new byte[100])), false);
        XmlElement other = Stanzas.result(ADDRESSES, List.of(SignerCodec.postResponse()));

        assertThat(HistoryCut.of(single, 50)).isEqualTo(Optional.empty());
        assertThat(HistoryCut.of(other, 50)).isEmpty();
    }

    @Test
    void whereNotEvenOneFitsOneIsLeft() throws BadStanzaException {
        List<ByteString> deltas =
                List.of(ByteString.copyFrom(new byte[900]), ByteString.copyFromUtf8("b"), ByteString.copyFromUtf8("c"));

        XmlElement cut = HistoryCut.of(answer(deltas, false), 100).orElseThrow();

        assertThat(HistoryCodec.readResponse(cut.elements().get(0)).appliedDeltas())
                .containsExactly(deltas.get(0));
    }

    private static XmlElement answer(List<ByteString> deltas, boolean truncated) {
        return Stanzas.result(
                ADDRESSES, List.of(HistoryCodec.response(new History(deltas, OptionalLong.of(99), truncated), 7)));
    }
}
