package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.s2s.netty.LoopbackGateway;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a link and those who want something of it do when they are on different nodes: two nodes own sockets, two run links. What
 * comes from other domains arrives at the second edge.
 */
final class LinksOfSeveralNodesTest {
    private static final WaveletName WAVELET = new WaveletName("a.test", "w+1", "a.test", "conv+root");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHARED = "shared.test";

    private static FakeNetwork network;
    private static TestNode bee;
    private static ClusterOfNodes cluster;
    private static ClusterOfNodes.Node edge;
    private static final List<ClusterOfNodes.Node> shards = new ArrayList<>();

    @BeforeAll
    static void start() {
        network = new FakeNetwork();
        bee = new TestNode("b.test", network);
        cluster = new ClusterOfNodes(new LoopbackGateway.Network());
        shards.add(cluster.shard());
        shards.add(cluster.shard());
        DomainPair toUs = new DomainPair("b.test", "a.test");
        edge = cluster.edge(network);
        network.hold(toUs);
        cluster.edge(network);
        network.hold(toUs);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        bee.close();
        network.close();
        shards.clear();
    }

    private static ConditionFactory eventually() {
        return await().atMost(PATIENCE);
    }

    private static CompletionStage<Answer<Boolean>> tell(ClusterOfNodes.Node from, String remote) {
        return from.links()
                .remoteDomains()
                .update(
                        "a.test",
                        remote,
                        new WaveletUpdate(WAVELET, List.of(ByteString.copyFromUtf8("delta")), Optional.empty()));
    }

    private static boolean isTold(String remote) throws Exception {
        return tell(edge, remote).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                instanceof Answer.Ok<Boolean>;
    }

    private static boolean runs(ClusterOfNodes.Node shard, String remote) {
        String id = LinkEntity.entityId(new DomainPair("a.test", remote));
        return AskPattern.<ClusterShardingQuery, ShardRegion.CurrentShardRegionState>ask(
                        ClusterSharding.get(shard.kit().system()).shardState(),
                        replyTo -> new GetShardRegionState(LinkEntity.TYPE, replyTo),
                        PATIENCE,
                        shard.kit().system().scheduler())
                .toCompletableFuture()
                .join()
                .getShards()
                .stream()
                .anyMatch(one -> one.getEntityIds().contains(id));
    }

    /** The node that runs a link first, then the other one. */
    private static List<ClusterOfNodes.Node> byLink(String remote) {
        List<ClusterOfNodes.Node> nodes = new ArrayList<>();
        eventually().ignoreExceptions().until(() -> {
            nodes.clear();
            shards.stream().filter(shard -> runs(shard, remote)).forEach(nodes::add);
            return nodes.size() == 1;
        });
        shards.stream().filter(shard -> !nodes.contains(shard)).findAny().ifPresent(nodes::add);
        return nodes;
    }

    @Test
    void operatorClosesALinkOfAnotherNodeAndItsStreamsEndAtEveryEdge() throws Exception {
        eventually().until(() -> isTold("b.test"));
        assertThat(network.streams("a.test", "b.test")).isPositive();
        assertThat(network.streams("b.test", "a.test"))
                .as("one at least at each edge")
                .isGreaterThanOrEqualTo(2);

        ClusterOfNodes.Node elsewhere = byLink("b.test").get(1);
        elsewhere.links().close("a.test", "b.test").toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        eventually().until(() -> network.streams("a.test", "b.test") == 0 && network.streams("b.test", "a.test") == 0);
        eventually().until(() -> isTold("b.test"));
    }

    @Test
    void answersUnderANameThatServesSeveralDomainsFindTheirLinksOnWhateverNode() throws Exception {
        List<String> domains =
                IntStream.range(0, 8).mapToObj(i -> "served" + i + ".test").toList();
        network.attach(SHARED, (pair, stanzas) -> answer(stanzas));
        domains.forEach(domain -> network.attach(domain, (pair, stanzas) -> answer(stanzas)));
        for (String domain : domains) {
            eventually().until(() -> isTold(domain));
        }
        assertThat(shards).allSatisfy(shard -> assertThat(domains).anyMatch(domain -> runs(shard, domain)));
        assertThat(network.wire)
                .as("asked under the shared name")
                .anyMatch(stanza -> stanza.startsWith("<message") && stanza.contains("to='" + SHARED + "'"));
    }

    /** Of an XMPP server whose domains share one wave service. */
    private static CompletionStage<Void> answer(List<XmlElement> stanzas) {
        for (XmlElement stanza : stanzas) {
            String to = stanza.attribute("to").orElseThrow();
            String question = stanza.elements().get(0).name().namespace();
            String payload = "<received xmlns='urn:xmpp:receipts'/>";
            if (question.endsWith("#items")) {
                payload = "<query xmlns='" + question + "'><item jid='" + SHARED + "'/></query>";
            } else if (question.endsWith("#info")) {
                payload = "<query xmlns='" + question + "'>"
                        + (to.equals(SHARED) ? "<feature var='http://waveprotocol.org/protocol/0.2/waveserver'/>" : "")
                        + "</query>";
            }
            boolean iq = stanza.name().local().equals("iq");
            String id = stanza.attribute("id").orElseThrow();
            network.inject(
                    to,
                    "a.test",
                    "<" + stanza.name().local() + (iq ? " type='result'" : "") + " id='" + id + "' from='" + to
                            + "' to='a.test'>" + payload + "</" + stanza.name().local() + ">");
        }
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void domainThatIsAwayIsTriedAgainAfterTheNodeOfItsLinkHasDiedAndItsWaveletsHearWhenItIsBack() throws Exception {
        cluster.journal
                .changeSets(List.of(SetChange.add("behind/a.test/away.test", WAVELET.toUri())))
                .toCompletableFuture()
                .get();
        assertThat(isTold("away.test")).isFalse();
        ClusterOfNodes.Node dying = byLink("away.test").get(0);
        cluster.kill(dying);
        shards.remove(dying);
        // Nobody says anything to the link any more, and its new node has never heard of it.
        byLink("away.test");
        cluster.wavelets.reachable.clear();
        try (TestNode back = new TestNode("away.test", network)) {
            eventually().until(() -> cluster.wavelets.reachable.contains("a.test away.test"));
        } finally {
            shards.add(cluster.shard());
        }
    }
}
