package io.wavegate.cluster.formation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.settings.ClusterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nodes of one cluster in one JVM, on free ports of the loopback, with quick failure detection. */
final class Members implements AutoCloseable {
    private final List<Integer> ports = new ArrayList<>();
    private final List<Formation> joined = new ArrayList<>();
    private final SharedSigns signs = new SharedSigns();

    Members(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            }
        }
    }

    /** All, at once, each with its share of the configuration. */
    List<Formation> start(String... own) {
        List<CompletableFuture<Formation>> starting = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            int number = i;
            starting.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return join(number, own[number]);
                } catch (FormationException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        return starting.stream().map(CompletableFuture::join).toList();
    }

    Formation join(int number, String own) throws FormationException {
        return join(number, own, Agreement.NONE);
    }

    Formation join(int number, String own, Agreement agreement) throws FormationException {
        Config config = configuration(number, own);
        Formation formation = Formation.join(ClusterSettings.from(config), config, agreement, "1.2.3", signs);
        synchronized (joined) {
            joined.add(formation);
        }
        return formation;
    }

    Config configuration(int number, String own) {
        String seeds = ports.stream()
                .limit(2)
                .map(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        return Stream.of(
                        own,
                        """
                        wavegate.cluster { port = %d, seed-nodes = [%s], failure-detection = fast, join-timeout = 30s, shutdown-timeout = 2s }
                        pekko.actor.serialization-bindings {
                          "io.wavegate.cluster.formation.ClusterFormationTest$Where" = jackson-cbor
                        }
                        """
                                .formatted(ports.get(number), seeds))
                .map(ConfigFactory::parseString)
                .reduce(Config::withFallback)
                .orElseThrow()
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    @Override
    public void close() {
        joined.stream()
                .map(one -> CompletableFuture.runAsync(one::close))
                .toList()
                .forEach(CompletableFuture::join);
    }
}
