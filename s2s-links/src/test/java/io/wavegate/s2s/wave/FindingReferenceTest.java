package io.wavegate.s2s.wave;

import static io.wavegate.s2s.wave.Together.OUR_USER;
import static io.wavegate.s2s.wave.Together.THEIR_USER;
import static io.wavegate.s2s.wave.Together.add;
import static io.wavegate.s2s.wave.Together.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.wave.NetworkPeer.Server;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However the XMPP server in front of the reference answers who asks for its services, each side finds the other. */
final class FindingReferenceTest {
    @ParameterizedTest
    @EnumSource
    void bothFindEachOther(Server server) {
        try (Together together = new Together()) {
            together.server().is(server);
            WaveletName ours = Together.ourWavelet("found");
            HashedVersion head = together.create(ours);
            together.applied(ours, head, add(THEIR_USER));
            together.awaitTold(ours);
            assertThat(get(together.node().links().link("ours.test", "theirs.test"))
                            .service())
                    .isEqualTo("wave.theirs.test");
            WaveletName theirs = Together.theirWavelet("found");
            together.peer().host().write(theirs, THEIR_USER, add(THEIR_USER), add(OUR_USER));
            together.awaitFollowed(theirs);
        }
    }
}
