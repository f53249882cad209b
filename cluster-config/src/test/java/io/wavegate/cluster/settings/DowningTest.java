package io.wavegate.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.cluster.sbr.SplitBrainResolverProvider;
import org.apache.pekko.cluster.sbr.SplitBrainResolverSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;
import scala.jdk.javaapi.DurationConverters;

/** Who decides after a partition, by the configuration that each kind of node really gets, as Pekko reads it. */
class DowningTest {

    @ParameterizedTest
    @CsvSource({
        "edge, production, 10", "shard, production, 10", "'edge, shard', production, 10",
        "edge, fast, 1", "shard, fast, 1", "'edge, shard', fast, 1"
    })
    void theSideWithMostShardNodesGoesOnWhateverANodesRoleIs(String roles, String detection, long stableSeconds) {
        Config given = ConfigFactory.parseString(
                        """
                        wavegate.cluster {
                          port = 7355, seed-nodes = ["127.0.0.1:7355"], roles = [%s], failure-detection = %s
                        }
                        """
                                .formatted(roles, detection))
                .withFallback(ConfigFactory.load())
                .resolve();
        Config config = ClusterSettings.from(given).over(given);
        assertThat(config.getString("pekko.cluster.downing-provider-class"))
                .isEqualTo(SplitBrainResolverProvider.class.getName());
        SplitBrainResolverSettings resolver = new SplitBrainResolverSettings(config);
        assertThat(resolver.DowningStrategy()).isEqualTo("keep-majority");
        assertThat(resolver.keepMajorityRole()).isEqualTo(Option.apply("shard"));
        assertThat(DurationConverters.toJava(resolver.DowningStableAfter()))
                .isEqualTo(Duration.ofSeconds(stableSeconds));
        assertThat(DurationConverters.toJava(resolver.DownAllWhenUnstable()))
                .as("a picture that does not settle ends all")
                .isPositive();
        assertThat(config.getBoolean("pekko.cluster.run-coordinated-shutdown-when-down"))
                .as("whoever is downed ends")
                .isTrue();
        assertThat(config.getDuration("pekko.cluster.failure-detector.acceptable-heartbeat-pause"))
                .isEqualTo(Duration.ofSeconds(detection.equals("fast") ? 1 : 5));
    }
}
