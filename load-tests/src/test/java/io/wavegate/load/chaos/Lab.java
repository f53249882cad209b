package io.wavegate.load.chaos;

import io.wavegate.load.chaos.lab.LabKeys;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.token.OperatorTokens;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the gateways of one test share: a folder, an authority, a token key, and the addresses at which each domain is found.
 * Closing ends every gateway of it.
 */
final class Lab implements AutoCloseable {
    private final Path folder;
    private final LabKeys keys;
    private final Map<String, Integer> pins = new LinkedHashMap<>();
    private final List<GatewayProcess> gateways = new ArrayList<>();

    Lab(Path folder) throws IOException, FindingException {
        this.folder = folder;
        this.keys = new LabKeys(folder);
    }

    Path folder() {
        return folder;
    }

    DevelopmentCa authority() {
        return keys.authority();
    }

    /** Where other domains find this one: the gateway itself, or a wire to it. Say so before gateways start. */
    Lab pin(String domain, int port) {
        pins.put(domain, port);
        return this;
    }

    /** A gateway of a domain, not started. */
    GatewayProcess gateway(String domain) throws IOException {
        Path home = Files.createDirectories(folder.resolve(domain));
        GatewayProcess gateway = new GatewayProcess(this, home, domain);
        gateways.add(gateway);
        return gateway;
    }

    /** A configuration that works; retries are soon, so that a test need not wait for what an operator would not notice. */
    String configuration(String domain, Path store, int streamPort, int apiPort) throws IOException {
        DevelopmentCa.CertificateAndKey files = authority().issue(domain);
        String found = pins.entrySet().stream()
                .flatMap(pin -> List.of(pin.getKey(), "wave." + pin.getKey()).stream()
                        .map(name -> "\"" + name + "\" = [\"127.0.0.1:" + pin.getValue() + "\"]"))
                .collect(Collectors.joining("\n    "));
        return """
                wavegate.domains = [{ name = "%s", certificate = "%s", key = "%s" }]
                wavegate.http.port = %d
                wavegate.tokens.key = "%s"
                wavegate.store.embedded.folder = "%s"
                wavegate.s2s {
                  listen = ["127.0.0.1:%d"]
                  tls { trust-anchors = ["%s"], system-anchors = false }
                  resolve.pins {
                    %s
                  }
                  streams { connect-timeout = 2s, open-timeout = 5s }
                  links { answer-timeout = 5s, retry-base = 200ms, retry-max = 1s }
                  links.discovery { items-timeouts = [2s, 2s], items-jitter = 100ms, info-timeout = 2s, not-found-for = 1s }
                }
                wavegate.wavelets {
                  delivery { retry-min = 500ms, retry-max = 2s }
                  replica { retry-min = 200ms, retry-max = 1s }
                }
                """
                .formatted(
                        domain,
                        files.certificate(),
                        files.key(),
                        apiPort,
                        keys.tokenKey(),
                        store,
                        streamPort,
                        authority().anchor(),
                        found);
    }

    String token(ParticipantId user) {
        return keys.token(user);
    }

    /** An operator's token for an hour. */
    String operatorToken() throws FindingException {
        return new OperatorTokens(TokenKeyFiles.read(TokenAlgorithm.EDDSA, keys.tokenKey()), Duration.ofSeconds(30))
                .make("operator", Instant.now(), Duration.ofHours(1))
                .orElseThrow();
    }

    @Override
    public void close() {
        gateways.forEach(GatewayProcess::kill);
    }
}
