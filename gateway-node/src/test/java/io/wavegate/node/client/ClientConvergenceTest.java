package io.wavegate.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConvergenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ParticipantId BOB = new ParticipantId("bob@b.test");
    private static final List<String> BLIPS = List.of("b+1", "b+2");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoWhoTypeConvergeThoughConnectionsAndAnswersAreLost(long seed) throws Exception {
        FakeWavelets wavelets = new FakeWavelets();
        Random luck = new Random(seed);
        try (FakeGateway gateway = new FakeGateway(wavelets);
                WavegateClient alice = gateway.client("alice@a.test");
                WavegateClient bob = gateway.client(BOB.address())) {
            WaveletName name = alice.createWave(List.of(new AddParticipant(BOB)));
            LocalWavelet a = alice.open(name, WaveletListener.NONE);
            LocalWavelet b = bob.open(name, WaveletListener.NONE);
            wavelets.interference = n -> luck.nextInt(8) == 0 ? lost() : Optional.empty();
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                LocalWavelet wavelet = random.nextBoolean() ? a : b;
                String blip = BLIPS.get(random.nextInt(2));
                wavelet.edit(blip, document -> edit(document, random));
                switch (random.nextInt(25)) {
                    case 0 -> alice.cutConnection();
                    case 1 -> bob.cutConnection();
                    case 2 -> wavelet.seal();
                    default -> {}
                }
            }
            a.awaitQuiet(PATIENCE);
            b.awaitQuiet(PATIENCE);
            a.await(() -> a.version().equals(b.version()), PATIENCE);
            b.await(() -> b.version().equals(a.version()), PATIENCE);
            for (String blip : BLIPS) {
                assertThat(a.document(blip)).isEqualTo(b.document(blip));
                assertThat(bob.text(name, blip)).isEqualTo(a.document(blip).text());
            }
            assertThat(a.version()).isEqualTo(alice.version(name));
        }
    }

    // Applied, and the answer says that nobody knows: what a lost answer looks like.
    private static Optional<SubmitResult> lost() {
        return Optional.of(new SubmitResult.Refused(
                new Refusal(Refusal.Reason.HOST_UNREACHABLE, "The host gave no answer. Repeat the same delta.")));
    }

    private static DocOp edit(Document document, Random random) {
        int at = random.nextInt(document.length() + 1);
        int gone = random.nextInt(3) == 0 ? Math.min(3, document.length() - at) : 0;
        String text = gone > 0 ? "" : Character.toString('a' + random.nextInt(26));
        return TextEdits.replace(at, TextEdits.plain(document, at, at + gone), text, document.length());
    }

    @Test
    void whoseTokenEndsIsToldAndNotTriedForEver() throws Exception {
        List<ApiProblem> problems = new CopyOnWriteArrayList<>();
        try (FakeGateway gateway = new FakeGateway(new FakeWavelets())) {
            Instant now = Instant.now();
            gateway.setClock(now);
            // It counts for one second more, by the leeway: so long its socket is let live.
            String ending = gateway.tokens
                    .make(BOB, now.minusSeconds(64), Duration.ofSeconds(60))
                    .orElseThrow();
            try (WavegateClient bob = WavegateClient.connect(gateway.uri(), ending, BOB)) {
                LocalWavelet wavelet = bob.open(bob.createWave(List.of()), new WaveletListener() {
                    @Override
                    public void followEnded(ApiProblem problem) {
                        problems.add(problem);
                    }
                });
                gateway.setClock(now.plusSeconds(2));
                assertThatThrownBy(() -> wavelet.await(() -> false, PATIENCE))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("UNAUTHENTICATED");
                assertThat(problems).extracting(ApiProblem::reason).containsExactly("UNAUTHENTICATED");
            }
        }
    }
}
