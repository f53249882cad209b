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
            assertThat(endOf(back).reason()).isEqualTo(StreamEnd.Reason.CLOSED_BY_US);
            OutgoingStream again = bee.open(ADA);
            send(again, bee.message(ADA, "what ada opened is ada's to close"));
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(2));
            there.close();
            assertThat(endOf(again).reason()).isEqualTo(StreamEnd.Reason.CLOSED_BY_REMOTE);
            assertThat(bee.openFails(ADA).reason()).isEqualTo(StreamEnd.Reason.CONNECT_FAILED);
        }
    }

    private static StreamEnd endOf(OutgoingStream stream) {
        return stream.ended()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** One of them may be over for its user while what was sent on it is in doubt still. */
    @Test
    void ofWaysBackOnOneStreamEachKnowsItsOwnLosses() {
        try (LoopbackGateway ada = gateway(ADA, "");
                LoopbackGateway bee = gateway(BEE, "")) {
            OutgoingStream there = ada.open(BEE);
            send(there, ada.message(BEE, "hello"));
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(1));
            ada.takeWhen(new CompletableFuture<>());
            network.put(ADA, new InetSocketAddress("127.0.0.1", 1));
            OutgoingStream first = bee.open(ADA);
            OutgoingStream second = bee.open(ADA);
            send(first, bee.message(ADA, "1"));
            first.close();
            send(second, bee.message(ADA, "2"));
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(2));
            ada.close();
            endOf(first);
            endOf(second);
            assertThat(first.unacknowledged()).containsExactly(bee.message(ADA, "1"));
            assertThat(second.unacknowledged()).containsExactly(bee.message(ADA, "2"));
        }
    }

    /** XEP-0198 section 4: our count goes before our end, and what it does not cover is lost for the other side. */
    @Test
    void ourEndWaitsForWhatArrivedToBeDealtWith() {
        CompletableFuture<Void> later = new CompletableFuture<>();
        try (LoopbackGateway ada = gateway(ADA, "");
                LoopbackGateway bee = gateway(BEE, "")) {
            OutgoingStream stream = ada.open(BEE);
            bee.takeWhen(later);
            send(stream, ada.message(BEE, "1"));
            stream.close();
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(1));
            later.complete(null);
            assertThat(endOf(stream).reason()).isEqualTo(StreamEnd.Reason.CLOSED_BY_US);
            assertThat(stream.unacknowledged()).isEmpty();
        }
    }

    @Test
    void whatIsNotDealtWithForLongIsNotAcknowledgedAndDoesNotHoldTheEndUp() {
        try (LoopbackGateway ada = gateway(ADA, "");
                LoopbackGateway bee = gateway(BEE, "")) {
            OutgoingStream stream = ada.open(BEE);
            bee.takeWhen(new CompletableFuture<>());
            send(stream, ada.message(BEE, "1"));
            stream.close();
            endOf(stream);
            assertThat(stream.unacknowledged()).hasSize(1);
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
