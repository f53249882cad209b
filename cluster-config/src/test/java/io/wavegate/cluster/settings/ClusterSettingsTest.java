package io.wavegate.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {

    private static ClusterSettings read(String text) {
        Config config = ConfigFactory.parseString(text).withFallback(ConfigFactory.defaultReference());
        return ClusterSettings.from(config.resolve());
    }

    @Test
    void byDefaultANodeIsAClusterOfItsOwn() {
        ClusterSettings settings = read("");
        assertThat(settings.singleNode()).isTrue();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.roles()).containsExactlyInAnyOrder("edge", "shard");
    }

    @Test
    void seedNodesNeedAFixedPort() {
        assertThatThrownBy(() -> read("wavegate.cluster.seed-nodes = [\"10.0.0.1:7000\"]"))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("wavegate.cluster.port");
    }

    @Test
    void aSeedNodeIsHostAndPort() {
        assertThatThrownBy(() -> read("wavegate.cluster { port = 7000, seed-nodes = [\"10.0.0.1\"] }"))
                .hasMessageContaining("seed-nodes");
    }

    @Test
    void anAddressOfIpv6StandsInBracketsBeforeAPort() {
        assertThatThrownBy(() -> read("wavegate.cluster { port = 7000, seed-nodes = [\"2001:db8::1:7000\"] }"))
                .hasMessageContaining("seed-nodes")
                .hasMessageContaining("[2001:db8::1]:7355");
        assertThatThrownBy(() -> read("wavegate.cluster { port = 7000, seed-nodes = [\"[2001:db8::1]\"] }"))
                .hasMessageContaining("seed-nodes");
        ClusterSettings settings =
                read("wavegate.cluster { host = \"2001:db8::1\", port = 7000, seed-nodes = [\"[2001:db8::1]:7000\"] }");
        assertThat(settings.host()).isEqualTo("[2001:db8::1]");
        assertThat(settings.isFirstSeed()).isTrue();
        assertThatThrownBy(() ->
                        read("wavegate.cluster { host = \"::1\", port = 7000, seed-nodes = [\"[2001:db8::1]:7000\"] }"))
                .hasMessageContaining("WAVEGATE_CLUSTER_HOST");
    }

    /** The default would have a node join others that cannot reach it. */
    @Test
    void nodesOfOtherMachinesAreNotLookedForFromALoopbackAddress() {
        assertThatThrownBy(() -> read("wavegate.cluster { port = 7000, seed-nodes = [\"10.0.0.1:7000\"] }"))
                .hasMessageContaining("wavegate.cluster.host")
                .hasMessageContaining("WAVEGATE_CLUSTER_HOST");
        assertThatThrownBy(
                        () -> read("wavegate.cluster { port = 7000, discovery = kubernetes, bootstrap.service = a }"))
                .hasMessageContaining("WAVEGATE_CLUSTER_HOST");
        read("wavegate.cluster { port = 7000, seed-nodes = [\"127.0.0.1:7000\"] }");
        read("wavegate.cluster { host = \"10.0.0.2\", port = 7000, seed-nodes = [\"10.0.0.1:7000\"] }");
    }

    @Test
    void aPortOutOfRangeIsNamed() {
        assertThatThrownBy(() -> read("wavegate.cluster.port = 70000")).hasMessageContaining("0 to 65535");
    }

    /** They would close the connections to other nodes while this one hands over to them. */
    @Test
    void nobodyButTheProgramItselfActsOnASignal() {
        Config config = read("").over(ConfigFactory.load());
        assertThat(config.getBoolean("pekko.jvm-shutdown-hooks")).isFalse();
        assertThat(config.getBoolean("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook"))
                .isFalse();
    }

    @Test
    void aSingleNodeComesUpAlone() {
        Config config = read("").over(ConfigFactory.load());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), ClusterSettings.SYSTEM_NAME, config);
        try {
            Cluster cluster = Cluster.get(system);
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
            Awaitility.await().until(() -> cluster.selfMember().status().equals(MemberStatus.up()));
        } finally {
            system.terminate();
        }
    }
}
