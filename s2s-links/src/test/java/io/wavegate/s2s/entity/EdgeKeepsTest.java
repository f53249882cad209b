package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.netty.LoopbackGateway;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node with sockets while there is nobody who could work on what they bring. */
final class EdgeKeepsTest {
    private static final int MANY = 20_000;
    private static final String BODY = "x".repeat(1_000);

    private final LoopbackGateway.Network network = new LoopbackGateway.Network();
    private final ClusterOfNodes cluster = new ClusterOfNodes(network);
    private final LoopbackGateway peer = new LoopbackGateway(
            network,
            "b.test",
            LoopbackGateway.good("b.test"),
            LoopbackGateway.settings(StreamPolicy.DEFAULT, "streams.limits.inbound-bytes = 64 MiB"));
    private final Counting counting = new Counting();

    /** How many stanzas were given to the gateway, and how many of them it has not taken over or dealt with. */
    private static final class Counting {
        final AtomicInteger given = new AtomicInteger();
        final AtomicInteger handled = new AtomicInteger();
        final AtomicInteger waiting = new AtomicInteger();
        final AtomicInteger mostWaiting = new AtomicInteger();

        StanzaReceiver around(StanzaReceiver receiver) {
            return new StanzaReceiver() {
                @Override
                public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
                    return receive(pair, stanzas).takenOver();
                }

                @Override
                public Reception receive(DomainPair pair, List<XmlElement> stanzas) {
                    int count = stanzas.size();
                    given.addAndGet(count);
                    mostWaiting.accumulateAndGet(waiting.addAndGet(count), Math::max);
                    Reception reception = receiver.receive(pair, stanzas);
                    reception.takenOver().thenRun(() -> waiting.addAndGet(-count));
                    reception.handled().thenRun(() -> handled.addAndGet(count));
                    return reception;
                }
            };
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
        peer.close();
    }

    @Test
    void whatNobodyHasDealtWithIsNotAcknowledged() throws Exception {
        ClusterOfNodes.Node edge = cluster.edge("", counting::around);
        OutgoingStream stream = peer.open("a.test");
        assertThat(stream.isAcknowledged()).isTrue();
        List<XmlElement> said = Collections.nCopies(10, peer.message("a.test", "hello"));
        stream.send(said);
        await().atMost(Duration.ofSeconds(30)).until(() -> counting.given.get() == 10);
        edge.sockets().orElseThrow().streams.closeAccepted(pair -> true);
        stream.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(stream.unacknowledged()).isEqualTo(said);

        cluster.shard();
        await().atMost(Duration.ofSeconds(60)).until(() -> counting.handled.get() == 10);
        OutgoingStream next = peer.open("a.test");
        next.send(said);
        await().atMost(Duration.ofSeconds(30)).until(() -> counting.handled.get() == 20);
        edge.sockets().orElseThrow().streams.closeAccepted(pair -> true);
        next.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(next.unacknowledged()).isEmpty();
    }

    @Test
    void whileNobodyTakesWhatComesTheSocketIsNotReadBeyondABound() {
        cluster.edge("streams.limits.inbound-bytes = 128 KiB", counting::around);
        OutgoingStream stream = peer.open("a.test");
        for (int i = 0; i < MANY / 100; i++) {
            stream.send(Collections.nCopies(100, peer.message("a.test", BODY)));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> counting.waiting.get() > 100);
        cluster.shard();
        await().atMost(Duration.ofSeconds(90)).until(() -> counting.handled.get() == MANY);
        assertThat(counting.given.get()).isEqualTo(MANY);
        assertThat(counting.mostWaiting.get()).as("of " + MANY).isLessThan(1_000);
    }
}
