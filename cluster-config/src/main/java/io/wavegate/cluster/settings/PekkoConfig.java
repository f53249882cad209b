package io.wavegate.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pekko's keys that follow from ours. */
final class PekkoConfig {
    private PekkoConfig() {}

    static Config of(ClusterSettings settings) {
        Map<String, Object> own = new HashMap<>();
        own.put("pekko.remote.artery.canonical.hostname", settings.host());
        own.put("pekko.remote.artery.canonical.port", settings.port());
        own.put("pekko.remote.artery.bind.hostname", settings.bindHost());
        own.put("pekko.cluster.roles", settings.roles().stream().sorted().toList());
        // Whom to join, and whether to form a cluster, is told at run time, and how long to try is counted there.
        own.put("pekko.cluster.seed-nodes", List.of());
        own.put("pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes", "off");
        // One shard's hand-over must end before the whole node's, and the whole node's before its phase.
        own.put(
                "pekko.cluster.sharding.handoff-timeout",
                millis(settings.handOverTimeout().multipliedBy(3).dividedBy(4)));
        own.put("pekko.coordinated-shutdown.default-phase-timeout", millis(settings.shutdownTimeout()));
        own.put(
                "pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout",
                millis(settings.handOverTimeout()));
        own.put("pekko.coordinated-shutdown.phases.cluster-exiting.timeout", millis(settings.shutdownTimeout()));
        settings.bootstrap().ifPresent(bootstrap -> own.putAll(BootstrapConfig.of(bootstrap, settings)));
        Config config = ConfigFactory.parseMap(own);
        if (settings.tls().isPresent()) {
            config = config.withFallback(files(settings.tls().get())).withFallback(resource("pekko-tls.conf"));
        }
        return config.withFallback(resource(settings.failureDetection().resource()))
                .withFallback(resource("pekko-node.conf"));
    }

    private static Config files(NodeTls tls) {
        return ConfigFactory.parseMap(Map.of(
                        "cert-file", absolute(tls.certificate()),
                        "key-file", absolute(tls.key()),
                        "ca-cert-file", absolute(tls.authority()),
                        "ssl-context-cache-ttl", millis(tls.reread())))
                .atPath("pekko.remote.artery.ssl.rotating-keys-engine");
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    private static Config resource(String name) {
        return ConfigFactory.parseResources(PekkoConfig.class.getClassLoader(), name);
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
