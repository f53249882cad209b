package io.wavegate.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.client.WaveletListener;
import io.wavegate.node.fake.ApiCaller;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import io.wavegate.node.fake.SocketProbe;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nodes of one gateway, each with the same wavelets behind it, of which one leaves or dies. */
class LeavingNodeTest {
    private static final ParticipantId ALICE = new ParticipantId("alice@a.test");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeWavelets wavelets = new FakeWavelets();

    private static WavegateClient client(FakeGateway first, FakeGateway second) {
        return WavegateClient.connect(List.of(first.uri(), second.uri()), first.token(ALICE.address()), ALICE);
    }

    @Test
    void whatIsUnderWayIsAnsweredThenTheSocketIsToldAndClosed() throws Exception {
        try (FakeGateway gateway = new FakeGateway(wavelets);
                WavegateClient alice = gateway.client(ALICE.address());
                SocketProbe socket = new SocketProbe(gateway.uri(), gateway.token(ALICE.address()))) {
            WaveletName name = alice.createWave(List.of());
            CompletableFuture<Void> gate = new CompletableFuture<>();
            wavelets.gate = gate;
            int before = wavelets.submits();
            JsonNode version = DeltaJson.write(alice.version(name));
            socket.say("{'type': 'submit', 'id': 's', 'wavelet': '" + name + "', 'delta': {'hashed_version': " + version
                    + ", 'operation': [{'no_op': true}]}}");
            await().until(() -> wavelets.submits() == before + 1);
            gateway.leaving.begin();
            assertThat(socket.closed()).isNotDone();
            gate.complete(null);

            assertThat(socket.next("submitted").path("id").asText()).isEqualTo("s");
            assertThat(socket.next("leaving").path("detail").asText()).contains("another socket");
            assertThat(socket.closed().get(30, TimeUnit.SECONDS)).isEqualTo(1000);
        }
    }

    @Test
    void whoWaitsForNewsIsLetGoWithWhatHeHas() throws Exception {
        try (FakeGateway gateway = new FakeGateway(wavelets);
                WavegateClient alice = gateway.client(ALICE.address())) {
            WaveletName name = alice.createWave(List.of());
            HashedVersion head = alice.version(name);
            String hash = DeltaJson.write(head).path("history_hash").asText();
            ApiCaller caller = new ApiCaller(gateway.uri(), Optional.of(gateway.token(ALICE.address())));
            String path = "/api/v1/wavelets/" + name + "/deltas?wait_ms=2000&version=" + head.version()
                    + "&history_hash=" + URLEncoder.encode(hash, StandardCharsets.UTF_8);
            CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> get(caller, path));
            await().until(() -> wavelets.waiting() > 0);
            gateway.leaving.begin();
            JsonNode page = ApiCaller.json(waiting.get(30, TimeUnit.SECONDS), 200);
            assertThat(page.path("deltas")).isEmpty();
            assertThat(page.path("head")).hasToString(DeltaJson.write(head).toString());
        }
    }

    private static HttpResponse<String> get(ApiCaller caller, String path) {
        try {
            return caller.get(path);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whenANodeLeavesItsClientGoesOnAtAnother() throws Exception {
        try (FakeGateway first = new FakeGateway(wavelets);
                FakeGateway second = new FakeGateway(wavelets);
                WavegateClient alice = client(first, second)) {
            WaveletName name = alice.createWave(List.of());
            LocalWavelet wavelet = alice.open(name, WaveletListener.NONE);
            wavelet.replace("b+1", 0, 0, "before ");
            wavelet.awaitQuiet(PATIENCE);
            first.leaving.begin();
            wavelet.replace("b+1", 7, 0, "after");
            wavelet.awaitQuiet(PATIENCE);
            first.close();
            assertThat(alice.text(name, "b+1")).isEqualTo("before after");
        }
    }

    @Test
    void aSubmitUnderWayWhenItsNodeDiesIsAppliedOnceAndAnsweredByAnother() throws Exception {
        try (FakeGateway first = new FakeGateway(wavelets);
                FakeGateway second = new FakeGateway(wavelets);
                WavegateClient alice = client(first, second)) {
            WaveletName name = alice.createWave(List.of());
            LocalWavelet wavelet = alice.open(name, WaveletListener.NONE);
            // Until the socket stands: what is in flight when it opens is sent once more, and counted.
            wavelet.replace("b+1", 0, 0, "exactly ");
            wavelet.awaitQuiet(PATIENCE);
            wavelets.gate = new CompletableFuture<>();
            int before = wavelets.submits();
            wavelet.replace("b+1", 8, 0, "once");
            await().until(() -> wavelets.submits() == before + 1);
            first.close();
            wavelets.gate = CompletableFuture.completedFuture(null);
            wavelet.awaitQuiet(PATIENCE);
            assertThat(wavelets.submits()).isGreaterThan(before + 1);
            assertThat(alice.text(name, "b+1")).isEqualTo("exactly once");
            assertThat(alice.version(name)).isEqualTo(wavelet.version());
        }
    }
}
