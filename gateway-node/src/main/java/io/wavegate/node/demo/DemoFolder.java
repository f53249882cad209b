package io.wavegate.node.demo;

import io.wavegate.node.config.FindingException;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import io.wavegate.node.token.Tokens;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The demonstration's folder: a development authority, a key for tokens, and for each domain a folder with its
 * configuration, store and log.
 */
final class DemoFolder {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private final Path folder;
    private final DevelopmentCa authority;
    private final Path tokenKey;

    private DemoFolder(Path folder, DevelopmentCa authority, Path tokenKey) {
        this.folder = folder;
        this.authority = authority;
        this.tokenKey = tokenKey;
    }

    /** Makes what is missing. */
    static DemoFolder in(Path folder) throws IOException, FindingException {
        Files.createDirectories(folder);
        DevelopmentCa authority = DevelopmentCa.in(folder.resolve("ca"), Clock.systemUTC());
        Path tokenKey = folder.resolve("tokens.pem");
        if (!Files.exists(tokenKey)) {
            TokenKeyFiles.make(TokenAlgorithm.EDDSA, tokenKey);
        }
        return new DemoFolder(folder, authority, tokenKey);
    }

    /** A domain's own folder. */
    Path of(String domain) {
        return folder.resolve(domain);
    }

    /** A bearer token of a user. */
    String token(ParticipantId user) throws FindingException {
        return new Tokens(TokenKeyFiles.read(TokenAlgorithm.EDDSA, tokenKey), Set.of(user.domain()), LEEWAY)
                .make(user, Instant.now(), TOKEN_LIFE)
                .orElseThrow();
    }

    /**
     * Writes the configuration of a domain's gateway, as any operator would.
     *
     * @param ports where it listens
     * @param peers the other domains with the address of their streams: pinned, because no DNS knows them
     */
    Path configure(String domain, DemoPorts ports, Map<String, Integer> peers) throws IOException {
        String store = "wavegate.store.embedded.folder = " + quoted(of(domain).resolve("store")) + "\n";
        return configure(domain, domain, ports, peers, store);
    }

    /**
     * The same for one of several nodes of a domain.
     *
     * @param node its folder's name
     * @param more what else there is to say, in HOCON: the store, the cluster
     */
    Path configure(String node, String domain, DemoPorts ports, Map<String, Integer> peers, String more)
            throws IOException {
        DevelopmentCa.CertificateAndKey files = authority.issue(domain);
        Path own = Files.createDirectories(of(node));
        Map<String, Integer> pins = new TreeMap<>();
        peers.forEach((peer, port) -> {
            pins.put(peer, port);
            pins.put("wave." + peer, port);
        });
        StringBuilder text = new StringBuilder("# Written by `wavegate demo` or `wavegate dev-cluster`.\nwavegate {\n");
        text.append("  domains = [{ name = \"").append(domain).append("\", certificate = ");
        text.append(quoted(files.certificate()))
                .append(", key = ")
                .append(quoted(files.key()))
                .append(" }]\n");
        text.append("  tokens.key = ").append(quoted(tokenKey)).append('\n');
        text.append("  http { host = \"127.0.0.1\", port = ")
                .append(ports.api())
                .append(" }\n");
        text.append("  s2s {\n    listen = [\"127.0.0.1:")
                .append(ports.streams())
                .append("\"]\n");
        text.append("    tls { system-anchors = false, trust-anchors = [");
        text.append(quoted(authority.anchor())).append("] }\n    resolve.pins {\n");
        pins.forEach((peer, port) -> text.append("      \"")
                .append(peer)
                .append("\" = [\"127.0.0.1:")
                .append(port)
                .append("\"]\n"));
        text.append("    }\n  }\n}\n").append(more);
        return Files.writeString(own.resolve("gateway.conf"), text);
    }

    private static String quoted(Path path) {
        return '"' + path.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
