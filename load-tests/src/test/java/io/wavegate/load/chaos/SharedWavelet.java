package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.node.client.WavegateClient;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One wavelet, hosted by one gateway and followed by others, and what must hold of it whatever happens. */
record SharedWavelet(WaveletName name, RawApi host, RawApi replica) {
    private static final Duration CATCH_UP = Duration.ofSeconds(60);

    /** Made by alice at the host, with bob of the other gateway on it; returns when bob has it. */
    static SharedWavelet between(GatewayProcess host, GatewayProcess other) throws IOException {
        List<WaveletOperation> first = new ArrayList<>();
        first.add(new AddParticipant(host.user("anne")));
        first.add(new AddParticipant(other.user("bob")));
        WaveletName name;
        try (WavegateClient alice = host.client("alice")) {
            name = alice.createWave(first);
        }
        try (WavegateClient bob = other.client("bob")) {
            await().atMost(CATCH_UP)
                    .ignoreExceptions()
                    .until(() ->
                            bob.wavelets("").contains(name) && bob.version(name).version() > 0);
        }
        return new SharedWavelet(name, host.raw("alice"), other.raw("bob"));
    }

    /** Waits until the replica is where the host is; nobody does anything for it. */
    HashedVersion awaitConverged() {
        await().atMost(CATCH_UP).ignoreExceptions().untilAsserted(() -> assertThat(replica.version(name))
                .isEqualTo(host.version(name)));
        try {
            return host.version(name);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** One history on both sides, delta for delta and hash for hash, with everything in it that anybody was promised. */
    void assertNothingLost(List<Typing> typists) throws Exception {
        awaitConverged();
        List<DeltaPage.Delta> history = host.history(name);
        assertThat(replica.history(name)).isEqualTo(history);
        List<HashedVersion> versions =
                history.stream().map(DeltaPage.Delta::result).toList();
        String text = host.text(name, Typing.DOCUMENT);
        assertThat(replica.text(name, Typing.DOCUMENT)).isEqualTo(text);
        for (Typing typist : typists) {
            assertThat(versions).containsAll(typist.acknowledged());
            for (String mark : typist.marks()) {
                assertThat(text.split(Pattern.quote(mark), -1)).as(mark).hasSize(2);
            }
        }
    }
}
