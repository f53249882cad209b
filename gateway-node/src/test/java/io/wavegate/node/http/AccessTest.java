package io.wavegate.node.http;

import static io.wavegate.node.fake.ApiCaller.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.fake.ApiCaller;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeHealth;
import io.wavegate.node.fake.ForgedToken;
import io.wavegate.node.fake.SocketProbe;
import io.wavegate.node.token.TokenKey;
import io.wavegate.node.token.Tokens;
import io.wavegate.node.wiring.ApiEndpoints;
import io.wavegate.wavelet.model.ParticipantId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTest extends HttpFixture {
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final ForgedToken OURS = new ForgedToken(FakeGateway.SECRET);

    private static String claims(String user, long secondsFromNow) {
        return "{\"sub\":\"" + user + "\",\"exp\":" + (Instant.now().getEpochSecond() + secondsFromNow) + "}";
    }

    static Stream<Arguments> tokensThatDoNotCount() {
        String good = claims("alice@a.test", 60);
        Tokens elsewhere = new Tokens(
                TokenKey.Secret.of("another secret, 32 bytes or more".getBytes(StandardCharsets.UTF_8)),
                Set.of("a.test"),
                Duration.ZERO);
        return Stream.of(
                Arguments.of("expired", OURS.signed(HS256, claims("alice@a.test", -60)), "expired"),
                Arguments.of(
                        "of another key",
                        elsewhere
                                .make(new ParticipantId("alice@a.test"), Instant.now(), Duration.ofHours(1))
                                .orElseThrow(),
                        "not of this gateway's key"),
                Arguments.of("unsigned", ForgedToken.unsigned("{\"alg\":\"none\"}", good), "not of this gateway's key"),
                Arguments.of("none, signed", OURS.signed("{\"alg\":\"none\"}", good), "algorithm"),
                Arguments.of("another algorithm", OURS.signed("{\"alg\":\"EdDSA\"}", good), "algorithm"),
                Arguments.of("another case", OURS.signed("{\"alg\":\"hs256\"}", good), "algorithm"),
                Arguments.of("no algorithm", OURS.signed("{}", good), "alg"),
                Arguments.of(
                        "with extensions that must be understood",
                        OURS.signed("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", good),
                        "crit"),
                Arguments.of("of a foreign domain", OURS.signed(HS256, claims("alice@c.test", 60)), "c.test"),
                Arguments.of("of no user", OURS.signed(HS256, claims("alice", 60)), "no user"),
                Arguments.of("without end", OURS.signed(HS256, "{\"sub\":\"alice@a.test\"}"), "exp"),
                Arguments.of(
                        "with an end that is no number",
                        OURS.signed(HS256, "{\"sub\":\"alice@a.test\",\"exp\":\"9999999999\"}"),
                        "exp"),
                Arguments.of(
                        "not valid yet",
                        OURS.signed(
                                HS256,
                                good.replace("}", ",\"nbf\":" + (Instant.now().getEpochSecond() + 50) + "}")),
                        "not valid yet"),
                Arguments.of("claims of another form", OURS.signed(HS256, "[]"), "malformed"),
                Arguments.of("two parts", "a.b", "compact form"),
                Arguments.of("garbage", "!.!.!", "base64url"),
                Arguments.of("too long", "a".repeat(5000) + ".b.c", "compact form"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensThatDoNotCount")
    void aTokenThatDoesNotCountIsRefusedWithTheCause(String what, String token, String cause) throws Exception {
        HttpResponse<String> answer = new ApiCaller(gateway.uri(), Optional.of(token)).get("/api/v1/wavelets");
        JsonNode problem = problem(answer, 401, "UNAUTHENTICATED");
        assertThat(problem.path("detail").asText()).contains(cause).contains("wavegate token");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void nothingAboutWaveletsIsToldWithoutAToken() throws Exception {
        for (Endpoint endpoint : ApiEndpoints.all(
                WAVELETS, FakeGateway.SETTINGS, new NodeReads(FakeHealth.WELL, () -> ""), new Leaving())) {
            if (!endpoint.open()) {
                String path = endpoint.template().replaceAll("\\{[a-z_]+}", "x");
                problem(nobody.send(endpoint.method(), path, "{"), 401, "UNAUTHENTICATED");
            }
        }
    }

    @Test
    void aSocketNeedsATokenToo() throws Exception {
        HttpResponse<String> plain = nobody.undescribed("GET", "/api/v1/socket", BodyPublishers.noBody());
        problem(plain, 426, "UPGRADE_REQUIRED");
        assertThatThrownBy(() -> new SocketProbe(gateway.uri(), "a.b.c"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void headersOfOtherMakersAreIgnoredAndAnEndFarAwayIsFine() throws Exception {
        String token = OURS.signed(
                "{\"alg\":\"HS256\",\"kid\":\"7\"}",
                "{\"sub\":\"alice@a.test\",\"exp\":9223372036854775807,\"iss\":\"x\"}");
        ApiCaller.json(new ApiCaller(gateway.uri(), Optional.of(token)).get("/api/v1/wavelets"), 200);
        try (var socket = new SocketProbe(gateway.uri(), token)) {
            socket.say("{'type': 'ping', 'id': '1'}");
            socket.next("pong");
        }
    }
}
