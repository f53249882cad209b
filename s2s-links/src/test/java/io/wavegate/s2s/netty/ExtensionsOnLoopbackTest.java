package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static io.wavegate.s2s.netty.LoopbackGateway.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ways back, acknowledgements and limits between two of our own edges, with real sockets and TLS. */
class ExtensionsOnLoopbackTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";

    private final Network network = new Network();

    private LoopbackGateway gateway(String domain, String overrides) {
        return new LoopbackGateway(network, domain, good(domain), settings(StreamPolicy.DEFAULT, overrides));
    }

    private static Unsent send(OutgoingStream stream, XmlElement... stanzas) {
        return stream.send(List.of(stanzas))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whoCannotBeReachedIsAnsweredOnItsOwnStream() {
        try (LoopbackGateway ada = gateway(ADA, "");
                LoopbackGateway bee = gateway(BEE, "")) {
            network.put(ADA, new InetSocketAddress("127.0.0.1", 1));
            assertThat(bee.openFails(ADA).reason()).isEqualTo(StreamEnd.Reason.CONNECT_FAILED);
            OutgoingStream there = ada.open(BEE);
            send(there, ada.message(BEE, "hello"));
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(1));
            OutgoingStream back = bee.open(ADA);
            send(back, bee.message(ADA, "hello yourself"));
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
            back.close();
            assertThat(back.ended().toCompletableFuture())
                    .as("what ada opened is ada's to close")
                    .isNotDone();
            there.close();
            assertThat(back.ended()
                            .toCompletableFuture()
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join()
                            .reason())
                    .isEqualTo(StreamEnd.Reason.CLOSED_BY_REMOTE);
            assertThat(bee.openFails(ADA).reason()).isEqualTo(StreamEnd.Reason.CONNECT_FAILED);
        }
    }

    @Test
    void whatThePeerOpenedIsClosedInOrderWhenAnOperatorSaysSo() {
        try (LoopbackGateway ada = gateway(ADA, "");
                LoopbackGateway bee = gateway(BEE, "")) {
            OutgoingStream there = ada.open(BEE);
            bee.streams.closeAccepted(pair -> pair.equals(new DomainPair(BEE, "other.example")));
            send(there, ada.message(BEE, "still here"));
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(1));
            bee.streams.closeAccepted(pair -> pair.equals(new DomainPair(BEE, ADA)));
            StreamEnd end = there.ended()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(end.label()).as("no error, no loss").isEqualTo("closed-by-remote");
            send(ada.open(BEE), ada.message(BEE, "again"));
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(2));
        }
    }

    @Test
    void aWayBackThatWasGivenUpIsNotUsedAgain() {
        try (LoopbackGateway ada = gateway(ADA, "");
                LoopbackGateway bee = gateway(BEE, "")) {
            ada.open(BEE);
            network.put(ADA, new InetSocketAddress("127.0.0.1", 1));
            bee.open(ADA).abandon();
            assertThat(bee.openFails(ADA).reason()).isEqualTo(StreamEnd.Reason.CONNECT_FAILED);
        }
    }

    @Test
    void withoutTheExtensionEachDirectionNeedsAStreamOfItsOwn() {
        try (LoopbackGateway ada = gateway(ADA, "streams.extensions.bidi = false");
                LoopbackGateway bee = gateway(BEE, "")) {
            ada.open(BEE);
            network.put(ADA, new InetSocketAddress("127.0.0.1", 1));
            assertThat(bee.openFails(ADA).reason()).isEqualTo(StreamEnd.Reason.CONNECT_FAILED);
        }
    }

    @Test
    void whatThePeerDidNotDealWithIsKnownWhenTheStreamEnds() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        try (LoopbackGateway ada = gateway(ADA, "streams.extensions.ask-after = 10ms")) {
            OutgoingStream stream;
            try (LoopbackGateway bee = gateway(BEE, "")) {
                stream = ada.open(BEE);
                assertThat(stream.isAcknowledged()).isTrue();
                send(stream, ada.message(BEE, "1"), ada.message(BEE, "2"));
                await().untilAsserted(() -> assertThat(bee.inbox).hasSize(2));
                bee.takeWhen(never);
                send(stream, ada.message(BEE, "3"));
                await().untilAsserted(() -> assertThat(bee.inbox).hasSize(3));
            }
            stream.ended().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(stream.unacknowledged()).containsExactly(ada.message(BEE, "3"));
        }
    }

    @Test
    void whatThePeerDoesNotTakeIsNotSentAndTheStreamGoesOn() {
        try (LoopbackGateway ada = gateway(ADA, "");
                LoopbackGateway bee = gateway(BEE, "streams.limits.element-bytes = 20000")) {
            OutgoingStream stream = ada.open(BEE);
            XmlElement small = ada.message(BEE, "small");
            XmlElement large = ada.message(BEE, "x".repeat(20_000));
            assertThat(send(stream, large)).isEqualTo(new Unsent(List.of(large), 20_000));
            assertThat(send(stream, small, large, small)).isEqualTo(new Unsent(List.of(large), 20_000));
            await().untilAsserted(() -> assertThat(bee.inbox).containsExactly(small, small));
        }
    }
}
