package io.wavegate.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import io.wavegate.node.fake.SocketProbe;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The wavelet's host was restored from a backup: who follows is told so, and can start again from what there is now. */
class ReplacedHistoryTest {
    private static final ParticipantId ALICE = new ParticipantId("alice@a.test");
    private static final WaveletName NAME = new WaveletName("b.test", "w+1", "b.test", "conv+root");

    private final FakeWavelets wavelets = new FakeWavelets();

    @Test
    void whoFollowsIsToldToReadAgainAndWhoHasTheCommonPartOnlyReadsOn() throws Exception {
        try (FakeGateway gateway = new FakeGateway(wavelets);
                SocketProbe socket = new SocketProbe(gateway.uri(), gateway.token(ALICE.address()))) {
            HashedVersion common = apply(HashChain.zero(NAME), new AddParticipant(ALICE));
            HashedVersion lost = apply(common, NoOp.INSTANCE);
            follow(socket, lost);
            socket.next("following");
            Awaitility.await().until(() -> wavelets.waiting() > 0);
            wavelets.replaceHistory(
                    NAME,
                    common.version(),
                    new WaveletDelta(common, ALICE, List.of(NoOp.INSTANCE, NoOp.INSTANCE), List.of()));

            JsonNode problem = socket.next("follow_ended").path("problem");
            assertThat(problem.path("reason").asText()).isEqualTo("HISTORY_REPLACED");
            assertThat(problem.path("status").asInt()).isEqualTo(409);
            follow(socket, common);
            JsonNode first = socket.next();
            JsonNode deltas = first.has("deltas") ? first : socket.next("deltas");
            assertThat(deltas.at("/head/version").asLong()).isEqualTo(common.version() + 2);
        }
    }

    private HashedVersion apply(HashedVersion target, WaveletOperation operation) {
        SubmitResult result = wavelets.submit(NAME, new WaveletDelta(target, ALICE, List.of(operation), List.of()))
                .toCompletableFuture()
                .join();
        return ((SubmitResult.Applied) result).version();
    }

    private static void follow(SocketProbe socket, HashedVersion from) {
        socket.say("{'type': 'follow', 'id': 'f', 'wavelet': '" + NAME + "', 'from': " + DeltaJson.write(from) + "}");
    }
}
