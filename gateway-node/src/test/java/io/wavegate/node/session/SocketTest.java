package io.wavegate.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import io.wavegate.node.fake.SocketProbe;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketTest {
    private static final ParticipantId ALICE = new ParticipantId("alice@a.test");
    private static final String ZERO_OPERATION = "'operation': [{'no_op': true}]";

    private static FakeWavelets wavelets;
    private static FakeGateway gateway;
    private static int waves;

    private SocketProbe socket;

    @BeforeAll
    static void begin() throws Exception {
        wavelets = new FakeWavelets();
        gateway = new FakeGateway(wavelets);
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @BeforeEach
    void open() {
        socket = new SocketProbe(gateway.uri(), gateway.token(ALICE.address()));
    }

    @AfterEach
    void close() {
        socket.close();
    }

    private static WaveletName newWave() {
        waves++;
        WaveletName name = new WaveletName("a.test", "w+" + waves, "a.test", "conv+root");
        wavelets.submit(
                name, new WaveletDelta(HashChain.zero(name), ALICE, List.of(new AddParticipant(ALICE)), List.of()));
        return name;
    }

    private static void addNoOp(WaveletName name) {
        wavelets.submit(name, new WaveletDelta(head(name), ALICE, List.of(NoOp.INSTANCE), List.of()));
    }

    private static HashedVersion head(WaveletName name) {
        var answer = wavelets.view(name, ALICE).toCompletableFuture().join();
        return ((Answer.Ok<WaveletView>) answer).value().version();
    }

    private static String version(WaveletName name) {
        return DeltaJson.write(head(name)).toString();
    }

    private void follow(String id, WaveletName name) {
        socket.say("{'type': 'follow', 'id': '" + id + "', 'wavelet': '" + name + "'}");
    }

    @Test
    void aPingIsAnsweredByItsId() throws Exception {
        socket.say("{'type': 'ping', 'id': 'first'}");
        assertThat(socket.next("pong").path("id").asText()).isEqualTo("first");
    }

    @Test
    void aSubmittedDeltaComesToWhoFollows() throws Exception {
        WaveletName name = newWave();
        socket.say("{'type': 'follow', 'id': 'f', 'wavelet': '" + name + "', 'from': " + version(name) + "}");
        socket.next("following");
        socket.say("{'type': 'submit', 'id': 's', 'wavelet': '" + name + "', 'delta': {'hashed_version': "
                + version(name) + ", 'operation': [{'mutate_document': {'document_id': 'b+1',"
                + " 'document_operation': {'component': [{'characters': 'Hi'}]}}}]}}");
        JsonNode one = socket.next();
        JsonNode other = socket.next();
        boolean answerFirst = one.path("type").asText().equals("submitted");
        JsonNode submitted = answerFirst ? one : other;
        JsonNode deltas = answerFirst ? other : one;
        assertThat(submitted.path("id").asText()).isEqualTo("s");
        assertThat(deltas.at("/deltas/0/hashed_version")).isEqualTo(submitted.path("hashed_version"));
        assertThat(deltas.at("/deltas/0/author").asText()).isEqualTo("alice@a.test");
    }

    @Test
    void aFollowFromTheBeginningGivesTheWholeHistoryInOrder() throws Exception {
        WaveletName name = newWave();
        for (int i = 0; i < 20; i++) {
            addNoOp(name);
        }
        follow("f", name);
        long at = 0;
        while (at < 21) {
            JsonNode message = socket.next();
            for (JsonNode delta : message.path("deltas")) {
                assertThat(delta.path("applied_at").asLong()).isEqualTo(at);
                at = delta.at("/hashed_version/version").asLong();
            }
        }
        assertThat(at).isEqualTo(21);
    }

    @Test
    void afterAnUnfollowNothingComes() throws Exception {
        WaveletName name = newWave();
        follow("f", name);
        assertThat(Set.of(
                        socket.next().path("type").asText(),
                        socket.next().path("type").asText()))
                .containsExactlyInAnyOrder("following", "deltas");
        socket.say("{'type': 'unfollow', 'id': 'u', 'wavelet': '" + name + "'}");
        socket.next("unfollowed");
        // One page may have been on its way; once a round brings none, none comes.
        Awaitility.await().until(() -> {
            addNoOp(name);
            socket.say("{'type': 'ping', 'id': 'p'}");
            boolean quiet = true;
            for (JsonNode m = socket.next(); !m.path("type").asText().equals("pong"); m = socket.next()) {
                quiet = false;
            }
            return quiet;
        });
        socket.say("{'type': 'unfollow', 'id': 'again', 'wavelet': '" + name + "'}");
        socket.next("unfollowed");
    }

    @Test
    void whoIsNotOnAWaveletIsToldTheSameAsIfThereWereNone() throws Exception {
        WaveletName name = newWave();
        try (SocketProbe mallory = new SocketProbe(gateway.uri(), gateway.token("mallory@a.test"))) {
            JsonNode[] problems = new JsonNode[2];
            int i = 0;
            for (String wavelet : List.of(name.toString(), "a.test/w+none/~/conv+root")) {
                mallory.say("{'type': 'follow', 'id': 'f', 'wavelet': '" + wavelet + "'}");
                JsonNode one = mallory.next();
                JsonNode other = mallory.next();
                problems[i++] = (one.has("problem") ? one : other).path("problem");
            }
            assertThat(problems[0].path("reason").asText()).isEqualTo("NO_SUCH_WAVELET");
            assertThat(problems[1]).isEqualTo(problems[0]);
        }
    }

    @Test
    void tooManyFollowsAreRefusedAndThoseThatEndedDoNotCount() throws Exception {
        for (int i = 0; i < 5; i++) {
            socket.say("{'type': 'follow', 'id': 'f', 'wavelet': 'a.test/w+none" + i + "/~/conv+root'}");
            assertThat(Set.of(
                            socket.next().path("type").asText(),
                            socket.next().path("type").asText()))
                    .containsExactlyInAnyOrder("following", "follow_ended");
        }
        List<WaveletName> names = List.of(newWave(), newWave(), newWave(), newWave());
        Set<String> seen = new TreeSet<>();
        for (WaveletName name : names.subList(0, 3)) {
            follow(name.waveId(), name);
            seen.add(socket.next().path("type").asText());
            seen.add(socket.next().path("type").asText());
        }
        assertThat(seen).containsExactly("deltas", "following");
        follow("fourth", names.get(3));
        JsonNode problem = socket.refused("fourth", 429, "OVERLOADED");
        assertThat(problem.path("detail").asText()).contains("3 wavelets", "Unfollow one");
        socket.say("{'type': 'unfollow', 'id': 'u', 'wavelet': '" + names.get(0) + "'}");
        socket.next("unfollowed");
        follow("again", names.get(3));
        assertThat(Set.of(
                        socket.next().path("type").asText(),
                        socket.next().path("type").asText()))
                .containsExactlyInAnyOrder("following", "deltas");
    }

    @Test
    void followingAndUnfollowingForEverLeavesABoundedNumberOfReadersBehind() throws Exception {
        WaveletName name = newWave();
        long before = wavelets.waiting();
        int refused = 0;
        for (int i = 0; i < 50; i++) {
            socket.say("{'type': 'follow', 'id': 'f', 'wavelet': '" + name + "', 'from': " + version(name) + "}");
            JsonNode answer = socket.next();
            if (answer.path("type").asText().equals("error")) {
                refused++;
                assertThat(answer.at("/problem/reason").asText()).isEqualTo("OVERLOADED");
            }
            assertThat(wavelets.waiting() - before).isLessThanOrEqualTo(6);
            socket.say("{'type': 'unfollow', 'id': 'u', 'wavelet': '" + name + "'}");
            socket.next("unfollowed");
        }
        assertThat(refused).isPositive();
        Awaitility.await().until(() -> wavelets.waiting() <= before);
        socket.say("{'type': 'follow', 'id': 'f', 'wavelet': '" + name + "', 'from': " + version(name) + "}");
        socket.next("following");
    }

    @Test
    void requestsOverTheBoundWaitUnreadUntilOneIsAnswered() throws Exception {
        WaveletName name = newWave();
        String version = version(name);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        wavelets.gate = gate;
        try {
            int before = wavelets.submits();
            for (int i = 0; i < 10; i++) {
                socket.say("{'type': 'submit', 'id': '" + i + "', 'wavelet': '" + name
                        + "', 'delta': {'hashed_version': " + version + ", " + ZERO_OPERATION + "}}");
            }
            int most = FakeGateway.SETTINGS.requestsPerSocket();
            Awaitility.await().until(() -> wavelets.submits() - before == most);
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> wavelets.submits() - before == most);
        } finally {
            wavelets.gate = CompletableFuture.completedFuture(null);
            gate.complete(null);
        }
        Set<String> answered = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            answered.add(socket.next("submitted").path("id").asText());
        }
        assertThat(answered).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | `` | empty",
                "hello | `` | JSON",
                "{'type': 'ping', 'id': 'a'} x | `` | JSON",
                "[] | `` | must be an object",
                "{} | `` | \"type\"",
                "{'type': 'ping'} | `` | \"id\"",
                "{'type': 'ping', 'id': ''} | `` | 1 to 128",
                "{'type': 'ping', 'id': 7} | `` | must be a text",
                "{'type': 'dance', 'id': 'a'} | a | follow, ping, submit, unfollow",
                "{'type': 'ping', 'id': 'a', 'from': {}} | a | unknown field \"from\"",
                "{'type': 'follow', 'id': 'a'} | a | \"wavelet\"",
                "{'type': 'follow', 'id': 'a', 'wavelet': 'x'} | a | wavelet name",
                "{'type': 'follow', 'id': 'a', 'wavelet': 'W', 'from': 3} | a | from must be an object",
                "{'type': 'submit', 'id': 'a', 'wavelet': 'W'} | a | lacks \"delta\"",
                "{'type': 'submit', 'id': 'a', 'wavelet': 'W', 'delta': {}} | a | lacks \"hashed_version\""
            })
    void whatIsNoRequestIsRefusedAndTheSocketLives(String message, String id, String expected) throws Exception {
        socket.say(message.replace("W", "a.test/w+1/~/conv+root"));
        assertThat(socket.refused(id, 400, "MALFORMED").path("detail").asText()).contains(expected);
        socket.say("{'type': 'ping', 'id': 'alive'}");
        socket.next("pong");
    }

    @Test
    void aBinaryMessageIsRefused() throws Exception {
        socket.sayBinary("{\"type\": \"ping\"}".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.refused("", 400, "MALFORMED").path("detail").asText()).contains("binary");
        socket.say("{'type': 'ping', 'id': 'alive'}");
        socket.next("pong");
    }

    @Test
    void aMessageOverTheLimitIsRefusedByItsId() throws Exception {
        socket.say("{'type': 'submit', 'id': 'large', 'wavelet': 'a.test/w+1/~/conv+root', 'delta': {'operation': '"
                + "x".repeat(1 << 20) + "'}}");
        socket.refused("large", 413, "TOO_LARGE");
        socket.say("x".repeat(1 << 20));
        socket.refused("", 413, "TOO_LARGE");
        socket.say("{'type': 'ping', 'id': 'alive'}");
        socket.next("pong");
    }

    @Test
    void nobodySubmitsAsSomebodyElse() throws Exception {
        WaveletName name = newWave();
        socket.say("{'type': 'submit', 'id': 's', 'wavelet': '" + name + "', 'delta': {'hashed_version': "
                + version(name) + ", 'author': 'bob@b.test', " + ZERO_OPERATION + "}}");
        socket.refused("s", 403, "BAD_AUTHOR");
    }

    @Test
    void aRefusedDeltaIsAnsweredByItsIdAndWavelet() throws Exception {
        socket.say("{'type': 'submit', 'id': 's', 'wavelet': 'a.test/w+none/~/conv+root', 'delta': {'hashed_version':"
                + " {'version': 3, 'history_hash': 'AAAA'}, " + ZERO_OPERATION + "}}");
        JsonNode error = socket.next("error");
        assertThat(error.path("wavelet").asText()).isEqualTo("a.test/w+none/~/conv+root");
        assertThat(error.at("/problem/reason").asText()).isEqualTo("NO_SUCH_WAVELET");
    }

    @Test
    void theSocketEndsWithItsToken() throws Exception {
        // Expired for three seconds, and the clocks may be off by five.
        String token = gateway.tokens
                .make(ALICE, Instant.now().minusSeconds(63), Duration.ofSeconds(60))
                .orElseThrow();
        try (SocketProbe ending = new SocketProbe(gateway.uri(), token)) {
            WaveletName name = newWave();
            ending.say("{'type': 'follow', 'id': 'f', 'wavelet': '" + name + "'}");
            assertThat(ending.closed().get(30, TimeUnit.SECONDS)).isEqualTo(1000);
        }
    }
}
