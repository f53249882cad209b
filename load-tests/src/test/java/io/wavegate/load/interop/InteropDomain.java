package io.wavegate.load.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.node.token.OperatorTokens;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import io.wavegate.node.token.Tokens;
import io.wavegate.node.wiring.GatewayNode;
import io.wavegate.node.wiring.NodeSettings;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A domain of the tests: whole gateway nodes for it, configured by a file as an operator would, at ports that stay the
 * same when a node is started again.
 */
final class InteropDomain {
    private final String name;
    private final Path folder;
    private final DevelopmentCa authority;
    private final Path tokenKey;
    private final int streamsPort;
    private final int apiPort;

    /**
     * @param folder the domains of one test share it: one authority
     */
    InteropDomain(String name, Path folder) throws IOException, FindingException {
        this.name = name;
        this.folder = folder;
        this.authority = DevelopmentCa.in(folder.resolve("ca"), Clock.systemUTC());
        this.tokenKey = folder.resolve("tokens.pem");
        if (!Files.exists(tokenKey)) {
            TokenKeyFiles.make(TokenAlgorithm.EDDSA, tokenKey);
        }
        try (ServerSocket streams = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.streamsPort = streams.getLocalPort();
            this.apiPort = api.getLocalPort();
        }
    }

    /**
     * Starts a node.
     *
     * @param store HOCON with {@code wavegate.store}: all that makes one store different from another
     * @param peers domains it federates with
     */
    GatewayNode start(String store, InteropDomain... peers) throws IOException, FindingException {
        DevelopmentCa.CertificateAndKey files = authority.issue(name);
        StringBuilder text = new StringBuilder(store)
                .append("\nwavegate {\n  domains = [{ name = \"%s\", certificate = \"%s\", key = \"%s\" }]\n"
                        .formatted(name, files.certificate(), files.key()))
                .append("  tokens.key = \"%s\"\n  http.port = %d\n  s2s.listen = [\"127.0.0.1:%d\"]\n"
                        .formatted(tokenKey, apiPort, streamsPort))
                .append("  s2s.tls { system-anchors = false, trust-anchors = [\"%s\"] }\n"
                        .formatted(authority.anchor()));
        for (InteropDomain peer : peers) {
            for (String pinned : List.of(peer.name, "wave." + peer.name)) {
                text.append("  s2s.resolve.pins.\"%s\" = [\"127.0.0.1:%d\"]\n".formatted(pinned, peer.streamsPort));
            }
        }
        Path file = Files.writeString(folder.resolve(name + "-" + apiPort + ".conf"), text.append("}\n"));
        return GatewayNode.start(NodeSettings.read(Configuration.read(Optional.of(file), Map.of()), Instant.now()));
    }

    ParticipantId user(String local) {
        return new ParticipantId(local + "@" + name);
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + apiPort);
    }

    String token(String local) throws FindingException {
        return new Tokens(TokenKeyFiles.read(TokenAlgorithm.EDDSA, tokenKey), Set.of(name), Duration.ofSeconds(30))
                .make(user(local), Instant.now(), Duration.ofHours(1))
                .orElseThrow();
    }

    /** Asks the admin API as an operator of this machine. */
    JsonNode admin(String method, String path)
            throws FindingException, IOException, InterruptedException, JsonFormException {
        String operator = new OperatorTokens(TokenKeyFiles.read(TokenAlgorithm.EDDSA, tokenKey), Duration.ofSeconds(30))
                .make("operator", Instant.now(), Duration.ofHours(1))
                .orElseThrow();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api().resolve("/admin/v1" + path))
                                .header("Authorization", "Bearer " + operator)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
        }
        return JsonFields.parse(answer.body());
    }

    WavegateClient client(String local) throws FindingException {
        return WavegateClient.connect(api(), token(local), user(local));
    }
}
