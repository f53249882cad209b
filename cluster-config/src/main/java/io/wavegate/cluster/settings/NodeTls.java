package io.wavegate.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Mutual TLS between nodes.
 *
 * @param certificate PEM file with this node's certificate
 * @param key PEM file with its private key
 * @param authority PEM file with the certificate of the authority of all nodes
 * @param reread how long the files are believed before they are read again
 */
public record NodeTls(Path certificate, Path key, Path authority, Duration reread) {
    private static final List<String> FILES = List.of("certificate", "key", "authority");

    /**
     * @param cluster the value of {@code wavegate.cluster}
     * @return empty if no file is named: no TLS
     * @throws ConfigException if some files are named and others not, or one cannot be read
     */
    static Optional<NodeTls> from(Config cluster) {
        Config tls = cluster.getConfig("tls");
        if (FILES.stream().allMatch(key -> tls.getString(key).isBlank())) {
            return Optional.empty();
        }
        for (String key : FILES) {
            String file = tls.getString(key);
            if (file.isBlank() || !Files.isReadable(Path.of(file))) {
                throw new ConfigException.BadValue(
                        tls.getValue(key).origin(),
                        "wavegate.cluster.tls." + key,
                        file.isBlank()
                                ? "must name a PEM file, as the other two do; all three or none"
                                : "names " + file + ", which cannot be read");
            }
        }
        return Optional.of(new NodeTls(
                Path.of(tls.getString("certificate")),
                Path.of(tls.getString("key")),
                Path.of(tls.getString("authority")),
                Rules.duration(cluster, "tls.reread", Duration.ofSeconds(1), Duration.ofDays(1))));
    }
}
