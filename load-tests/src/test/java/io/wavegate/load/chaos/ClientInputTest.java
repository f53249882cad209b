package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.load.chaos.load.ApiReader;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients send wrongly to a running gateway: each gets its answer, and nothing of it is stored. */
final class ClientInputTest {
    private static final int TEN_MEGABYTES = 10_000_000;

    @TempDir
    private static Path folder;

    private static Lab lab;
    private static GatewayProcess gateway;
    private static RawApi alice;

    private WaveletName wavelet;
    private HashedVersion created;

    @BeforeAll
    static void start() throws Exception {
        lab = new Lab(folder);
        gateway = lab.gateway("a.test").start();
        alice = gateway.raw("alice");
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void createWave() throws Exception {
        try (WavegateClient client = gateway.client("alice")) {
            wavelet = client.createWave(List.of());
        }
        created = alice.version(wavelet);
    }

    @AfterEach
    void goesOnAndHasNoTrouble() throws Exception {
        assertThat(alice.version(wavelet).version()).isGreaterThanOrEqualTo(created.version());
        assertThat(gateway.log()).doesNotContain("ERROR").doesNotContain("\tat ");
    }

    @Test
    void versionThatIsNotThere() throws Exception {
        HashedVersion future = new HashedVersion(created.version() + 5, created.historyHash());
        refused(alice.submit(wavelet, text(future, "b+1", "x")), 409, "UNKNOWN_VERSION", "ahead of the wavelet's 1");
    }

    @Test
    void wrongHash() throws Exception {
        HashedVersion forged = new HashedVersion(created.version(), ByteString.copyFrom(new byte[20]));
        refused(alice.submit(wavelet, text(forged, "b+1", "x")), 409, "HASH_MISMATCH", "load the wavelet anew");
    }

    @Test
    void illFormedOperation() throws Exception {
        String delta = text(created, "b+1", "x").replace("{\"characters\":\"x\"}", "{\"element_end\":true}");
        assertThat(delta).contains("element_end");
        refused(alice.submit(wavelet, delta), 400, "MALFORMED", "ill-formed: unmatched element end");
    }

    @Test
    void operationThatDoesNotFitTheDocument() throws Exception {
        String delta = delta(created, gateway.user("alice"), "b+1", List.of(new Retain(100), new Characters("x")));
        refused(alice.submit(wavelet, delta), 422, "INVALID_OPERATION", "b+1: retain past end");
    }

    @Test
    void somebodyElseAsAuthor() throws Exception {
        String delta = delta(created, gateway.user("anne"), "b+1", List.of(new Characters("x")));
        refused(alice.submit(wavelet, delta), 403, "BAD_AUTHOR", "Leave the author out");
    }

    @Test
    void waveletThatHeIsNotOn() throws Exception {
        RawApi stranger = gateway.raw("stranger");
        String delta = delta(created, stranger.user(), "b+1", List.of(new Characters("x")));
        refused(stranger.submit(wavelet, delta), 403, "NOT_PARTICIPANT", "a participant may add");
        WaveletName nowhere = new WaveletName("a.test", "w+nowhere", "a.test", "conv+root");
        RawApi.Reply foreign = stranger.send("GET", ApiReader.path(wavelet), "");
        RawApi.Reply absent = stranger.send("GET", ApiReader.path(nowhere), "");
        refused(foreign, 404, "NO_SUCH_WAVELET", "ask a participant");
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.detail()).isEqualTo(foreign.detail().replace(wavelet.toString(), nowhere.toString()));
    }

    @Test
    void tenMegabytesOfJson() throws Exception {
        String delta = text(created, "b+1", "x".repeat(TEN_MEGABYTES));
        refused(alice.submit(wavelet, delta), 413, "TOO_LARGE", "wavegate.http.max-request-size");
    }

    @Test
    void jsonThatIsNone() throws Exception {
        refused(alice.submit(wavelet, "{\"hashed_version\": "), 400, "MALFORMED", "line 1");
        refused(alice.submit(wavelet, "[".repeat(100_000)), 400, "MALFORMED", "");
    }

    @Test
    void sameDeltaTwiceIsAppliedOnceAndAnsweredTheSame() throws Exception {
        String delta = text(created, "b+1", "once");
        RawApi.Reply first = alice.submit(wavelet, delta);
        RawApi.Reply second = alice.submit(wavelet, delta);
        assertThat(first.status()).isEqualTo(200);
        assertThat(second).isEqualTo(first);
        assertThat(alice.version(wavelet).version()).isEqualTo(created.version() + 1);
        assertThat(alice.text(wavelet, "b+1")).isEqualTo("once");
    }

    @Test
    void tokenThatIsForged() throws Exception {
        String token = alice.token();
        RawApi forger = new RawApi(gateway.api(), token.substring(0, token.length() - 6) + "AAAAAA", alice.user());
        refused(forger.submit(wavelet, text(created, "b+1", "x")), 401, "UNAUTHENTICATED", "signature");
    }

    @Test
    void garbageOnTheSocketIsAnsweredAndTheSocketGoesOn() throws Exception {
        try (RawSocket socket = new RawSocket(gateway.api(), alice.token())) {
            for (String garbage :
                    List.of("garbage", "{}", "[]", "{\"type\":\"fly\",\"id\":\"1\"}", "\u0000", "{\"id\":7}")) {
                assertThat(socket.ask(garbage)).contains("\"error\"").contains("MALFORMED");
            }
            assertThat(socket.ask("{\"type\":\"ping\",\"id\":\"p\"}")).contains("pong");
        }
        try (RawSocket socket = new RawSocket(gateway.api(), alice.token())) {
            assertThat(socket.ask("x".repeat(TEN_MEGABYTES))).contains("TOO_LARGE");
            assertThat(socket.ask("{\"type\":\"ping\",\"id\":\"p\"}")).contains("pong");
        }
    }

    /** A bomb has to be packed to be one (VU#495476): what is packed is not unpacked, and no socket agrees to packing. */
    @Test
    void compressionIsNeitherTakenNorAgreedTo() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text(created, "b+1", "x".repeat(1_000)).getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(gateway.api().resolve(ApiReader.path(wavelet) + "/deltas"))
                .header("Authorization", "Bearer " + alice.token())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isBetween(400, 499);
        assertThat(alice.version(wavelet)).isEqualTo(created);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.apiPort())) {
            String upgrade = String.join(
                    "\r\n",
                    "GET /api/v1/socket HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Authorization: Bearer " + alice.token(),
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                    "Sec-WebSocket-Extensions: permessage-deflate",
                    "",
                    "");
            socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> head = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.add(line);
            }
            assertThat(head.get(0)).contains("101");
            assertThat(head).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("deflate"));
        }
    }

    private void refused(RawApi.Reply reply, int status, String reason, String text) throws Exception {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.reason()).isEqualTo(reason);
        assertThat(reply.detail()).contains(text);
        assertThat(alice.version(wavelet)).isEqualTo(created);
    }

    private static String text(HashedVersion target, String document, String text) {
        return delta(target, gateway.user("alice"), document, List.of(new Characters(text)));
    }

    static String delta(HashedVersion target, ParticipantId author, String document, List<DocOpComponent> components) {
        return DeltaJson.write(new WaveletDelta(
                        target, author, List.of(new MutateDocument(document, new DocOp(components))), List.of()))
                .toString();
    }
}
