package io.wavegate.node.http;

import static io.wavegate.node.fake.ApiCaller.json;
import static io.wavegate.node.fake.ApiCaller.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WritesTest extends HttpFixture {

    @Test
    void aNewWaveHasItsCreatorOnIt() throws Exception {
        JsonNode created = json(alice.post("/api/v1/waves", ""), 201);
        assertThat(created.path("wavelet").asText()).matches("a\\.test/w\\+[A-Za-z0-9_-]{16}/~/conv\\+root");
        assertThat(created.path("operations_applied").asInt()).isEqualTo(1);
        JsonNode view = json(alice.get(path(created.path("wavelet").asText())), 200);
        assertThat(view.path("participants")).extracting(JsonNode::asText).containsExactly("alice@a.test");
        assertThat(view.path("hashed_version")).isEqualTo(created.path("hashed_version"));
    }

    @Test
    void twoWavesAreTwo() throws Exception {
        assertThat(newWave("")).isNotEqualTo(newWave(""));
    }

    @Test
    void aParticipantIsAddedOnceAndRemovedOnce() throws Exception {
        String bobs = newWave("") + "/participants/bob@b.test";
        assertThat(json(alice.send("PUT", bobs, ""), 200)
                        .path("operations_applied")
                        .asInt())
                .isEqualTo(1);
        assertThat(json(alice.send("PUT", bobs, ""), 200)
                        .path("operations_applied")
                        .asInt())
                .isZero();
        assertThat(json(bob.send("DELETE", bobs, ""), 200)
                        .path("operations_applied")
                        .asInt())
                .isEqualTo(1);
        assertThat(json(alice.send("DELETE", bobs, ""), 200)
                        .path("operations_applied")
                        .asInt())
                .isZero();
    }

    @Test
    void whatIsNoAddressIsRefused() throws Exception {
        String wave = newWave("");
        for (String address : new String[] {"bob", "bob@", "bob@b@c", "%20"}) {
            JsonNode problem = problem(alice.send("PUT", wave + "/participants/" + address, ""), 400, "MALFORMED");
            assertThat(problem.path("detail").asText()).contains("name@domain");
        }
    }

    @Test
    void aDeltaAgainstAnOlderVersionIsTransformed() throws Exception {
        String wave = newWave(add("bob@b.test") + "," + insert("Hello", 0));
        JsonNode version = version(wave);
        json(alice.post(wave + "/deltas", delta(version, insert("A", 5))), 200);
        json(bob.post(wave + "/deltas", delta(version, insert("B", 5))), 200);
        assertThat(bob.get(wave + "/documents/b+1").body()).isEqualTo("BAHello");
    }

    @Test
    void theSameDeltaTwiceIsAppliedOnce() throws Exception {
        String wave = newWave("");
        String delta = delta(version(wave), insert("once", 0));
        JsonNode first = json(alice.post(wave + "/deltas", delta), 200);
        assertThat(json(alice.post(wave + "/deltas", delta), 200)).isEqualTo(first);
        assertThat(alice.get(wave + "/documents/b+1").body()).isEqualTo("once");
    }

    @Test
    void nobodySubmitsAsSomebodyElse() throws Exception {
        String wave = newWave(add("bob@b.test"));
        String delta = "{\"author\": \"bob@b.test\","
                + delta(version(wave), insert("x", 0)).substring(1);
        JsonNode problem = problem(alice.post(wave + "/deltas", delta), 403, "BAD_AUTHOR");
        assertThat(problem.path("detail").asText()).contains("bob@b.test", "alice@a.test");
        json(bob.post(wave + "/deltas", delta), 200);
    }

    @Test
    void whoIsNotOnTheWaveletCannotChangeIt() throws Exception {
        String wave = newWave("");
        problem(mallory.post(wave + "/deltas", delta(version(wave), insert("x", 0))), 403, "NOT_PARTICIPANT");
        String none = path("a.test/w+none/~/conv+root") + "/deltas";
        problem(mallory.post(none, delta(version(wave), insert("x", 0))), 404, "NO_SUCH_WAVELET");
    }

    @Test
    void anUnknownVersionAndAnOperationThatDoesNotFit() throws Exception {
        String wave = newWave("");
        String future = "{\"version\": 99, \"history_hash\": \"AAAA\"}";
        problem(
                alice.post(wave + "/deltas", "{\"hashed_version\": " + future + ", \"operation\": []}"),
                409,
                "UNKNOWN_VERSION");
        problem(alice.post(wave + "/deltas", delta(version(wave), insert("x", 7))), 422, "INVALID_OPERATION");
    }

    @ParameterizedTest
    @EnumSource(Refusal.Reason.class)
    void everyRefusalOfTheWaveletsHasItsStatus(Refusal.Reason reason) throws Exception {
        String wave = newWave("");
        JsonNode version = version(wave);
        WAVELETS.interference = n -> Optional.of(new SubmitResult.Refused(new Refusal(reason, "Because. Do this.")));
        try {
            JsonNode problem = problem(
                    alice.post(wave + "/deltas", delta(version, insert("x", 0))),
                    Problem.status(reason),
                    reason.name());
            assertThat(problem.path("detail").asText()).isEqualTo("Because. Do this.");
        } finally {
            WAVELETS.interference = n -> Optional.empty();
        }
    }

    @Test
    void tooManyOperationsAreToBeSplit() throws Exception {
        String wave = newWave("");
        String many =
                IntStream.rangeClosed(0, 100).mapToObj(i -> "{\"no_op\": true}").collect(Collectors.joining(","));
        JsonNode problem = problem(alice.post(wave + "/deltas", delta(version(wave), many)), 400, "MALFORMED");
        assertThat(problem.path("detail").asText()).contains("101", "100", "split");
    }

    @Test
    void aBodyOverTheLimitIsRefusedHoweverItIsSent() throws Exception {
        String wave = newWave("");
        byte[] large = delta(version(wave), insert("x".repeat(100_000), 0)).getBytes(StandardCharsets.UTF_8);
        problem(alice.undescribed("POST", wave + "/deltas", BodyPublishers.ofByteArray(large)), 413, "TOO_LARGE");
        problem(
                alice.undescribed(
                        "POST", wave + "/deltas", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
                413,
                "TOO_LARGE");
        problem(
                alice.undescribed("POST", wave + "/deltas", BodyPublishers.ofByteArray(new byte[10 << 20])),
                413,
                "TOO_LARGE");
        assertThat(version(wave).path("version").asInt()).isEqualTo(1);
    }
}
