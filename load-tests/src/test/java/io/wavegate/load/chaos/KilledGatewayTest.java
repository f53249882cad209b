package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.client.WaveletListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SIGKILL, at moments that nobody chose, to either side of a session. */
final class KilledGatewayTest extends TwoGatewaysFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void hostKilledUnderLoadHasAllThatItAcknowledgedAndGoesOnFederatingByItself() throws Exception {
        SharedWavelet shared = SharedWavelet.between(a, b);
        Random random = new Random(20261121);
        List<Typing> typists = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Typing alice = Typing.begin(a.client("alice"), shared.name(), "alice" + round + "-");
            Typing anne = Typing.begin(a.client("anne"), shared.name(), "anne" + round + "-");
            typists.addAll(List.of(alice, anne));
            int enough = 10 + random.nextInt(60);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> alice.count() + anne.count() >= enough);
            a.kill();
            alice.close();
            anne.close();
            a.start();
            shared.assertNothingLost(typists);
        }
        try (WavegateClient bob = b.client("bob")) {
            LocalWavelet wavelet = bob.open(shared.name(), WaveletListener.NONE);
            wavelet.replace(Typing.DOCUMENT, 0, 0, "bob was here");
            wavelet.awaitQuiet(PATIENCE);
        }
        shared.assertNothingLost(typists);
        assertThat(shared.host().text(shared.name(), Typing.DOCUMENT)).startsWith("bob was here");
    }

    @Test
    void eitherSideKilledInTheMiddleOfASessionComesBackToOneHistory() throws Exception {
        SharedWavelet shared = SharedWavelet.between(a, b);
        Typing alice = Typing.begin(a.client("alice"), shared.name(), "alice");
        Typing bob = Typing.begin(b.client("bob"), shared.name(), "bob");
        for (GatewayProcess victim : List.of(b, a)) {
            int seenAlice = alice.count() + 10;
            int seenBob = bob.count() + 10;
            await().atMost(PATIENCE).until(() -> alice.count() >= seenAlice && bob.count() >= seenBob);
            victim.kill();
            if (victim == b) {
                int goesOn = alice.count() + 20;
                await().atMost(PATIENCE).until(() -> alice.count() >= goesOn);
            }
            victim.start();
        }
        int lastAlice = alice.count() + 10;
        int lastBob = bob.count() + 10;
        await().atMost(PATIENCE).until(() -> alice.count() >= lastAlice && bob.count() >= lastBob);
        alice.finish();
        bob.finish();
        shared.assertNothingLost(List.of(alice, bob));
    }
}
