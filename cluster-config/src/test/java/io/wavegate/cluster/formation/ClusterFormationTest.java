package io.wavegate.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.cluster.members.Fitness;
import io.wavegate.cluster.members.MemberView;
import io.wavegate.cluster.members.PekkoMembers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Leave;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Several members in one JVM, each an actor system of its own on a port of its own. */
class ClusterFormationTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    static final EntityTypeKey<Where> KEY = EntityTypeKey.create(Where.class, "where");

    /** Of a kind that no shard node runs. */
    private static final EntityTypeKey<Where> NOWHERE = EntityTypeKey.create(Where.class, "nowhere");

    /** Asks an entity where it lives. */
    interface Where {}

    /** Answered with the port of the node. */
    record Ask(ActorRef<String> replyTo) implements Where {}

    @Test
    void threeNodesThatStartAtOnceFormOneClusterFromTheirSeedList() throws Exception {
        try (Members members = new Members(3)) {
            List<Formation> nodes = members.start("", "", "");
            nodes.forEach(node -> Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(up(node))
                    .hasSize(3)));
            assertThat(up(nodes.get(0))).isEqualTo(up(nodes.get(1))).isEqualTo(up(nodes.get(2)));
        }
    }

    @Test
    void entitiesRunOnShardNodesAloneAndAnswerEdges() throws Exception {
        try (Members started = new Members(3)) {
            String edge = "wavegate.cluster.roles = [edge]";
            String shard = "wavegate.cluster.roles = [shard]";
            List<Formation> nodes = started.start(edge, shard, shard);
            nodes.forEach(node ->
                    ClusterSharding.get(node.system()).init(Entity.of(KEY, context -> entity(address(node.system())))));
            Set<String> places = new HashSet<>();
            PekkoMembers members = new PekkoMembers(nodes.get(0).system(), Set.of(KEY.name()));
            Fitness edgeFitness = new Fitness(nodes.get(0).system(), Set.of(KEY.name()), List::of);
            ClusterSharding fromEdge = ClusterSharding.get(nodes.get(0).system());
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                for (int i = 0; i < 20; i++) {
                    places.add(fromEdge.entityRefFor(KEY, "e" + i)
                            .<String>ask(Ask::new, Duration.ofSeconds(2))
                            .toCompletableFuture()
                            .get(3, TimeUnit.SECONDS));
                }
                assertThat(places)
                        .containsExactlyInAnyOrder(
                                address(nodes.get(1).system()),
                                address(nodes.get(2).system()));
                assertThat(edgeFitness.problems().toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .isEmpty();
            });
            fromEdge.init(Entity.of(NOWHERE, context -> entity("nowhere")));
            Fitness unfit = new Fitness(
                    nodes.get(0).system(), Set.of(KEY.name(), NOWHERE.name()), () -> List.of("another one lives"));
            assertThat(unfit.problems().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .satisfiesExactly(
                            doubt -> assertThat(doubt).isEqualTo("another one lives"), region -> assertThat(region)
                                    .contains("entities of the kind nowhere cannot be reached", "role shard"));
            for (MemberView member : members.members().toCompletableFuture().get(10, TimeUnit.SECONDS)) {
                boolean isEdge = member.roles().equals(Set.of("edge"));
                assertThat(member.self()).isEqualTo(isEdge);
                assertThat(member.reachable()).isTrue();
                assertThat(member.status()).isEqualTo("up");
                assertThat(member.version()).isEqualTo("1.2.3");
                assertThat(member.entities().get(KEY.name()).isEmpty()).isEqualTo(isEdge);
            }
        }
    }

    @Test
    void whoIsDownedEndsAndKnowsWhyAndWhoLeavesKnowsThatToo() throws Exception {
        try (Members members = new Members(3)) {
            List<Formation> nodes = members.start("", "", "");
            Cluster first = Cluster.get(nodes.get(0).system());
            Formation downed = nodes.get(1);
            Formation left = nodes.get(2);
            CompletableFuture<Ending> downedEnd = downed.ended().toCompletableFuture();
            CompletableFuture<Ending> leftEnd = left.ended().toCompletableFuture();
            first.manager()
                    .tell(new Down(Cluster.get(downed.system()).selfMember().address()));
            assertThat(downedEnd.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Ending.DOWNED);
            first.manager()
                    .tell(new Leave(Cluster.get(left.system()).selfMember().address()));
            assertThat(leftEnd.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Ending.LEFT);
            assertThat(Ending.DOWNED.exitCode()).isNotZero();
            assertThat(Ending.LEFT.exitCode()).isZero();
        }
    }

    @Test
    void aNodeThatNobodyLetsInSaysWhomItAskedAndWhatToLookAt() throws Exception {
        try (Members members = new Members(3)) {
            assertThatThrownBy(() -> members.join(2, "wavegate.cluster.join-timeout = 5s"))
                    .isInstanceOf(FormationException.class)
                    .hasMessageContaining("seed nodes 127.0.0.1:")
                    .hasMessageContaining("join-timeout")
                    .hasMessageContaining("one of them runs")
                    .isInstanceOfSatisfying(FormationException.class, again -> assertThat(again.exitCode())
                            .isEqualTo(75));
        }
    }

    @Test
    void aNodeThatDiffersWhereAllMustAgreeIsRefusedAndToldWhatDiffers() throws Exception {
        try (Members members = new Members(2)) {
            Agreement.Term secrets = new Agreement.Term("secrets", Set.of("old", "new"));
            members.join(0, "", new Agreement(List.of(Agreement.Term.of("shards", 256), secrets)));
            assertThatThrownBy(() -> members.join(
                            1,
                            "",
                            new Agreement(List.of(
                                    Agreement.Term.of("shards", 300), new Agreement.Term("secrets", Set.of("new"))))))
                    .isInstanceOf(FormationException.class)
                    .hasMessageContaining("differs from the cluster: shards is 300 here and 256 there.")
                    .hasMessageContaining("stop all nodes")
                    .isInstanceOfSatisfying(FormationException.class, refused -> assertThat(refused.exitCode())
                            .isEqualTo(1));
            assertThatThrownBy(() -> members.join(1, "", Agreement.NONE))
                    .isInstanceOf(FormationException.class)
                    .hasMessageContaining("did not let it in");
            members.join(1, "", new Agreement(List.of(Agreement.Term.of("shards", 256), secrets)));
        }
    }

    @Test
    void aNodeThatLooksForNoOthersDoesNotStartBesideALivingCluster() throws Exception {
        try (Members members = new Members(1)) {
            Formation cluster = members.join(0, "");
            String alone = "wavegate.cluster { seed-nodes = [], port = 0 }";
            assertThatThrownBy(() -> members.join(0, alone))
                    .isInstanceOf(FormationException.class)
                    .hasMessageContaining("a cluster of the same store lives at 127.0.0.1:")
                    .hasMessageContaining("seed nodes")
                    .isInstanceOfSatisfying(FormationException.class, refused -> assertThat(refused.exitCode())
                            .isEqualTo(1));
            cluster.close();
            members.join(0, alone);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (Members members = new Members(1)) {
            members.join(0, "");
            assertThatThrownBy(() -> members.join(0, ""))
                    .isInstanceOf(FormationException.class)
                    .hasMessageContaining("cannot be listened on")
                    .hasMessageContaining("wavegate.cluster.port");
        }
    }

    /** Answers with its place. */
    static Behavior<Where> entity(String place) {
        return Behaviors.receive(Where.class)
                .onMessage(Ask.class, ask -> {
                    ask.replyTo().tell(place);
                    return Behaviors.same();
                })
                .build();
    }

    static String address(ActorSystem<?> system) {
        return Cluster.get(system).selfMember().address().toString();
    }

    private static Set<String> up(Formation node) {
        Set<String> addresses = new HashSet<>();
        StreamSupport.stream(Cluster.get(node.system()).state().getMembers().spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .map(Member::address)
                .forEach(address -> addresses.add(address.toString()));
        return addresses;
    }
}
