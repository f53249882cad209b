package io.wavegate.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A partition between nodes that have nothing but the settings that are shipped. */
class PartitionTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CUTTABLE = "pekko.remote.artery.advanced.test-mode = on\n";
    private static final String SHARD = CUTTABLE + "wavegate.cluster.roles = [shard]";
    private static final String EDGE = CUTTABLE + "wavegate.cluster.roles = [edge]";

    /** By plain majority it would be the other side. */
    @Test
    void theSideWithMostShardNodesServesAllAndTheOtherEndsItselfThoughItHasMoreNodes() throws Exception {
        try (Members members = new Members(5)) {
            List<Formation> nodes = members.start(SHARD, SHARD, SHARD, EDGE, EDGE);
            List<Formation> most = nodes.subList(0, 2);
            List<Formation> fewest = nodes.subList(2, 5);
            nodes.forEach(node -> Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(members(node))
                    .isEqualTo(5)));
            nodes.forEach(node -> ClusterSharding.get(node.system())
                    .init(Entity.of(
                            ClusterFormationTest.KEY,
                            context -> ClusterFormationTest.entity(ClusterFormationTest.address(node.system())))));
            assertAllAreServedFrom(fewest.get(2));
            List<CompletableFuture<Ending>> endsOfMost = ends(most);
            List<CompletableFuture<Ending>> endsOfFewest = ends(fewest);

            most.forEach(one -> fewest.forEach(other -> cut(one, other)));

            for (CompletableFuture<Ending> end : endsOfFewest) {
                assertThat(end.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Ending.DOWNED);
            }
            most.forEach(node -> Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(members(node))
                    .isEqualTo(2)));
            Awaitility.await()
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertAllAreServedFrom(most.get(0)));
            assertThat(endsOfMost).noneMatch(CompletableFuture::isDone);
        }
    }

    private static List<CompletableFuture<Ending>> ends(List<Formation> nodes) {
        return nodes.stream().map(node -> node.ended().toCompletableFuture()).toList();
    }

    private static int members(Formation node) {
        return Cluster.get(node.system()).state().members().size();
    }

    private static void assertAllAreServedFrom(Formation node) throws Exception {
        ClusterSharding sharding = ClusterSharding.get(node.system());
        for (int i = 0; i < 20; i++) {
            assertThat(sharding.entityRefFor(ClusterFormationTest.KEY, "e" + i)
                            .<String>ask(ClusterFormationTest.Ask::new, Duration.ofSeconds(5))
                            .toCompletableFuture()
                            .get(6, TimeUnit.SECONDS))
                    .startsWith("pekko://");
        }
    }

    /** From now on nothing passes between them. */
    private static void cut(Formation one, Formation other) {
        ExtendedActorSystem system = (ExtendedActorSystem) Adapter.toClassic(one.system());
        ((RemoteActorRefProvider) system.provider())
                .transport()
                .managementCommand(new ThrottlerTransportAdapter.SetThrottle(
                        Cluster.get(other.system()).selfMember().address(),
                        ThrottlerTransportAdapter.bothDirection(),
                        ThrottlerTransportAdapter.blackholeThrottleMode()));
    }
}
