package io.wavegate.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalWaveletTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BLIP = "b+1";

    private final FakeWavelets wavelets = new FakeWavelets();
    private FakeGateway gateway;
    private WavegateClient alice;
    private WavegateClient bob;
    private WaveletName name;

    @BeforeEach
    void aWaveOfTwo() throws Exception {
        gateway = new FakeGateway(wavelets);
        alice = gateway.client("alice@a.test");
        bob = gateway.client("bob@b.test");
        name = alice.createWave(List.of(new AddParticipant(new ParticipantId("bob@b.test"))));
    }

    @AfterEach
    void end() {
        alice.close();
        bob.close();
        gateway.close();
    }

    @Test
    void whatOneTypesTheOtherSees() throws Exception {
        LocalWavelet a = alice.open(name, WaveletListener.NONE);
        LocalWavelet b = bob.open(name, WaveletListener.NONE);
        a.replace(BLIP, 0, 0, "Hello");
        a.awaitQuiet(PATIENCE);
        b.await(() -> b.document(BLIP).text().equals("Hello"), PATIENCE);
        b.replace(BLIP, 0, 1, "J");
        b.awaitQuiet(PATIENCE);
        a.await(() -> a.document(BLIP).text().equals("Jello"), PATIENCE);
        assertThat(alice.text(name, BLIP)).isEqualTo("Jello");
        assertThat(a.version()).isEqualTo(b.version()).isEqualTo(bob.version(name));
    }

    @Test
    void bothTypingAtOnceConverge() throws Exception {
        LocalWavelet a = alice.open(name, WaveletListener.NONE);
        LocalWavelet b = bob.open(name, WaveletListener.NONE);
        Thread typing = new Thread(() -> type(a, 1));
        typing.start();
        type(b, 2);
        typing.join();
        a.awaitQuiet(PATIENCE);
        b.awaitQuiet(PATIENCE);
        a.await(() -> a.version().equals(b.version()), PATIENCE);
        b.await(() -> b.version().equals(a.version()), PATIENCE);
        assertThat(a.document(BLIP)).isEqualTo(b.document(BLIP));
        assertThat(alice.text(name, BLIP)).isEqualTo(a.document(BLIP).text());
    }

    private static void type(LocalWavelet wavelet, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            wavelet.edit(BLIP, document -> {
                int at = random.nextInt(document.length() + 1);
                int gone = random.nextInt(4) == 0 ? Math.min(2, document.length() - at) : 0;
                String text = gone > 0 ? "" : Character.toString('a' + random.nextInt(26));
                return TextEdits.replace(at, TextEdits.plain(document, at, at + gone), text, document.length());
            });
        }
    }

    @Test
    void cutConnectionsLoseAndDoubleNothing() throws Exception {
        LocalWavelet a = alice.open(name, WaveletListener.NONE);
        LocalWavelet b = bob.open(name, WaveletListener.NONE);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String text = i + " ";
            expected.append(text);
            a.edit(BLIP, document -> TextEdits.replace(document.length(), "", text, document.length()));
            if (i % 4 == 0) {
                alice.cutConnection();
            }
            if (i % 7 == 0) {
                bob.cutConnection();
            }
        }
        a.awaitQuiet(PATIENCE);
        b.await(() -> b.version().equals(a.version()), PATIENCE);
        assertThat(a.document(BLIP).text()).isEqualTo(expected.toString());
        assertThat(b.document(BLIP).text()).isEqualTo(expected.toString());
    }

    @Test
    void aSubmitWithUnknownOutcomeIsRepeatedAsItWas() throws Exception {
        List<WaveletDelta> sent = new CopyOnWriteArrayList<>();
        LocalWavelet a = alice.open(name, new WaveletListener() {
            @Override
            public void submitting(WaveletDelta delta, int edits) {
                sent.add(delta);
            }
        });
        int before = wavelets.submits();
        wavelets.interference = n -> n <= before + 2
                ? Optional.of(new SubmitResult.Refused(new Refusal(Refusal.Reason.HOST_UNREACHABLE, "no answer")))
                : Optional.empty();
        a.replace(BLIP, 0, 0, "once");
        a.awaitQuiet(PATIENCE);
        assertThat(wavelets.submits() - before).isEqualTo(3);
        assertThat(sent).hasSize(1);
        assertThat(alice.text(name, BLIP)).isEqualTo("once");
    }

    @Test
    void aRefusalForGoodClosesTheWaveletAndSaysWhy() throws Exception {
        List<ApiProblem> problems = new CopyOnWriteArrayList<>();
        LocalWavelet a = alice.open(name, new WaveletListener() {
            @Override
            public void refused(WaveletDelta delta, ApiProblem problem) {
                problems.add(problem);
            }
        });
        wavelets.interference =
                n -> Optional.of(new SubmitResult.Refused(new Refusal(Refusal.Reason.TOO_OLD, "too far back")));
        a.replace(BLIP, 0, 0, "x");
        assertThatThrownBy(() -> a.awaitQuiet(PATIENCE)).hasMessageContaining("TOO_OLD");
        assertThat(problems).extracting(ApiProblem::reason).containsExactly("TOO_OLD");
    }

    @Test
    void editsWhileADeltaIsUnderWayGoOutTogether() throws Exception {
        List<Integer> edits = new ArrayList<>();
        LocalWavelet a = alice.open(name, new WaveletListener() {
            @Override
            public void submitting(WaveletDelta delta, int count) {
                edits.add(count);
                assertThat(delta.operations()).hasSize(1);
            }
        });
        synchronized (a) {
            for (int i = 0; i < 5; i++) {
                a.edit(BLIP, document -> TextEdits.replace(document.length(), "", "x", document.length()));
            }
            a.seal();
            a.edit(BLIP, document -> TextEdits.replace(0, "", "y", document.length()));
        }
        a.awaitQuiet(PATIENCE);
        assertThat(edits).containsExactly(1, 4, 1);
        assertThat(alice.text(name, BLIP)).isEqualTo("yxxxxx");
    }

    @Test
    void anEditOutsideTheDocumentIsRefusedAtOnce() throws Exception {
        LocalWavelet a = alice.open(name, WaveletListener.NONE);
        assertThatThrownBy(() -> a.replace(BLIP, 3, 0, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> a.edit(BLIP, document -> DocOp.of(new Retain(4))))
                .isInstanceOf(RuntimeException.class);
        a.awaitQuiet(PATIENCE);
    }

    @Test
    void whatIsUnsavedWhenTheHostReplacesItsHistoryIsHandedBack() throws Exception {
        List<WaveletDelta> handedBack = new CopyOnWriteArrayList<>();
        List<ApiProblem> problems = new CopyOnWriteArrayList<>();
        HashedVersion common = alice.version(name);
        LocalWavelet b = bob.open(name, new WaveletListener() {
            @Override
            public void refused(WaveletDelta delta, ApiProblem problem) {
                handedBack.add(delta);
                problems.add(problem);
            }
        });
        b.replace(BLIP, 0, 0, "lost");
        b.awaitQuiet(PATIENCE);
        int before = wavelets.submits();
        wavelets.gate = new CompletableFuture<>();
        b.replace(BLIP, 4, 0, " in flight");
        b.seal();
        b.replace(BLIP, 14, 0, " waiting");
        Awaitility.await().until(() -> wavelets.submits() > before);
        wavelets.replaceHistory(
                name, common.version(), new WaveletDelta(common, alice.user(), List.of(NoOp.INSTANCE), List.of()));

        assertThatThrownBy(() -> b.await(() -> false, PATIENCE)).hasMessageContaining("HISTORY_REPLACED");
        assertThat(problems).extracting(ApiProblem::reason).containsOnly("HISTORY_REPLACED");
        assertThat(handedBack.toString()).contains(" in flight", " waiting");
        LocalWavelet again = bob.open(name, WaveletListener.NONE);
        assertThat(again.document(BLIP).text()).isEmpty();
    }

    @Test
    void whoeverIsTakenOffHearsThatNothingComesAnyMore() throws Exception {
        List<ApiProblem> problems = new CopyOnWriteArrayList<>();
        LocalWavelet b = bob.open(name, new WaveletListener() {
            @Override
            public void followEnded(ApiProblem problem) {
                problems.add(problem);
            }
        });
        alice.removeParticipant(name, bob.user());
        assertThatThrownBy(() -> b.await(() -> false, PATIENCE)).isInstanceOf(IllegalStateException.class);
        assertThat(problems).extracting(ApiProblem::reason).containsExactly("NO_SUCH_WAVELET");
    }
}
