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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The demonstration's folder: a development authority, a key for tokens, and for each node of a domain a folder with
 * its configuration, store and log.
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

    /** A bearer token of a user. */
    String token(ParticipantId user) throws FindingException {
        return new Tokens(TokenKeyFiles.read(TokenAlgorithm.EDDSA, tokenKey), Set.of(user.domain()), LEEWAY)
                .make(user, Instant.now(), TOKEN_LIFE)
                .orElseThrow();
    }

    /**
     * Writes the configuration of a domain's gateway, as any operator would; its store is beside it.
     *
     * @param ports where it listens
     * @param peers the other domains, each with the ports of its nodes: pinned, because no DNS knows them
     */
    Path configure(String domain, DemoPorts ports, Map<String, List<DemoPorts>> peers) throws IOException {
        Path store = folder.resolve(domain).resolve("store");
        return configure(domain, domain, ports, peers, "wavegate.store.embedded.folder = " + quoted(store) + "\n");
    }

    /**
     * The same for one of several nodes of a domain.
     *
     * @param node its folder's name
     * @param more what else there is to say, in HOCON: the store, the cluster
     */
    Path configure(String node, String domain, DemoPorts ports, Map<String, List<DemoPorts>> peers, String more)
            throws IOException {
        DevelopmentCa.CertificateAndKey files = authority.issue(domain);
        String text =
                """
                # Written by `wavegate demo` or `wavegate dev-cluster`.
                wavegate {
                  domains = [{ name = "%s", certificate = %s, key = %s }]
                  tokens.key = %s
                  http { host = "127.0.0.1", port = %d }
                  s2s {
                    listen = ["127.0.0.1:%d"]
                    tls { system-anchors = false, trust-anchors = [%s] }
                    resolve.pins { %s }
                  }
                }
                """
                        .formatted(
                                domain,
                                quoted(files.certificate()),
                                quoted(files.key()),
                                quoted(tokenKey),
                                ports.api(),
                                ports.streams(),
                                quoted(authority.anchor()),
                                pins(peers));
        Path own = Files.createDirectories(folder.resolve(node));
        return Files.writeString(own.resolve("gateway.conf"), text + more);
    }

    private static String pins(Map<String, List<DemoPorts>> peers) {
        return new TreeMap<>(peers)
                .entrySet().stream()
                        .flatMap(peer -> Stream.of(peer.getKey(), "wave." + peer.getKey())
                                .map(name -> "\"" + name + "\" = [" + addresses(peer.getValue()) + "]"))
                        .collect(Collectors.joining(", "));
    }

    private static String addresses(List<DemoPorts> nodes) {
        return nodes.stream()
                .map(ports -> "\"127.0.0.1:" + ports.streams() + "\"")
                .collect(Collectors.joining(", "));
    }

    private static String quoted(Path path) {
        return '"' + path.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
