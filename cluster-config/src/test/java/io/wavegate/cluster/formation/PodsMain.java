package io.wavegate.cluster.formation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.cluster.settings.PresenceTimes;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.cluster.typed.Cluster;
import org.awaitility.Awaitility;

/**
 * Nodes, each on an address of the loopback, in a process of their own: where the Kubernetes API is stands in the environment
 * alone. Two are pods, and it is told on the output when each of them sees both; the third has no service account, and it is
 * told with which words it gives up. Ends with its input.
 */
final class PodsMain {
    private static final List<String> PODS = List.of("127.0.0.1", "127.0.0.2");
    private static final String OUTSIDE = "127.0.0.3";
    private static final PresenceTimes SHORT = new PresenceTimes(
            Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofSeconds(3));

    private PodsMain() {}

    /** @param arguments a configuration file */
    public static void main(String[] arguments) throws Exception {
        Config common = ConfigFactory.parseFile(new File(arguments[0]));
        SharedSigns signs = new SharedSigns();
        List<CompletableFuture<Formation>> pods = PODS.stream()
                .map(address -> CompletableFuture.supplyAsync(() -> join(address, common, signs)))
                .toList();
        CompletableFuture<Void> outside = CompletableFuture.runAsync(() -> giveUp(common));
        for (CompletableFuture<Formation> pod : pods) {
            Cluster cluster = Cluster.get(pod.join().system());
            Awaitility.await().until(() -> cluster.state().members().size() == PODS.size());
            System.out.println("MEMBER " + cluster.selfMember().address());
        }
        outside.join();
        System.in.readAllBytes();
        pods.forEach(pod -> pod.join().close());
    }

    private static Formation join(String address, Config common, SharedSigns signs) {
        Config config = common.withFallback(ConfigFactory.load()).resolve();
        ClusterSettings settings = at(address, ClusterSettings.from(config));
        try {
            return Formation.join(settings, config, Agreement.NONE, "1.0.0", signs);
        } catch (FormationException e) {
            throw new CompletionException(e);
        }
    }

    private static void giveUp(Config common) {
        Config config = ConfigFactory.parseString(
                        """
                        wavegate.cluster.join-timeout = 5s
                        pekko.discovery.kubernetes-api.api-ca-path = /nowhere/ca.crt
                        """)
                .withFallback(common)
                .withFallback(ConfigFactory.load())
                .resolve();
        ClusterSettings settings = at(OUTSIDE, ClusterSettings.from(config));
        try (Formation member = Formation.join(settings, config, Agreement.NONE, "1.0.0", new SharedSigns(), SHORT)) {
            System.out.println("IN BY MISTAKE " + member.system());
        } catch (FormationException e) {
            System.out.println("GAVE UP " + e.getMessage());
        }
    }

    /** Settings let nobody look for others from a loopback address; nodes of tests do. */
    private static ClusterSettings at(String address, ClusterSettings read) {
        return new ClusterSettings(
                address,
                address,
                read.port(),
                read.seedNodes(),
                read.bootstrap(),
                read.roles(),
                read.appVersion(),
                read.joinTimeout(),
                read.failureDetection(),
                read.tls(),
                read.shutdownTimeout(),
                read.handOverTimeout());
    }
}
