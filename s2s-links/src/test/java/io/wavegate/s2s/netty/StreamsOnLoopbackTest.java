package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import io.wavegate.s2s.stream.StreamPolicy.Tls;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two of our own edges with real sockets, real TLS and certificates. */
class StreamsOnLoopbackTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";

    private final Network network = new Network();

    private static LabCertificate bad(String domain) {
        return LabCertificate.request(domain).dns(domain).selfSigned();
    }

    private static StreamPolicy tls(Authentication authentication) {
        return new StreamPolicy(Tls.REQUIRED, authentication);
    }

    @Test
    void certificatesAloneOpenAStreamAndStanzasArriveInOrder() {
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, good(ADA), tls(Authentication.CERTIFICATE));
                LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), tls(Authentication.CERTIFICATE))) {
            OutgoingStream stream = ada.open(BEE);
            List<XmlElement> sent = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                sent.add(ada.message(BEE, "number " + i));
            }
            stream.send(sent.subList(0, 200));
            stream.send(sent.subList(200, 500)).toCompletableFuture().join();
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(500));
            assertThat(bee.inbox).isEqualTo(sent);
            stream.close();
            assertThat(stream.ended().toCompletableFuture().join().reason()).isEqualTo(StreamEnd.Reason.CLOSED_BY_US);
        }
    }

    @Test
    void dialbackAloneOpensAStream() {
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, bad(ADA), tls(Authentication.DIALBACK));
                LoopbackGateway bee = new LoopbackGateway(network, BEE, bad(BEE), tls(Authentication.DIALBACK))) {
            ada.open(BEE)
                    .send(List.of(ada.message(BEE, "hello")))
                    .toCompletableFuture()
                    .join();
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(1));
        }
    }

    @Test
    void bothSidesDiallingEachOtherAtOnceDoNotWaitForEachOther() {
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, bad(ADA), tls(Authentication.DIALBACK));
                LoopbackGateway bee = new LoopbackGateway(network, BEE, bad(BEE), tls(Authentication.DIALBACK))) {
            CompletableFuture<OutgoingStream> one = CompletableFuture.supplyAsync(() -> ada.open(BEE));
            CompletableFuture<OutgoingStream> other = CompletableFuture.supplyAsync(() -> bee.open(ADA));
            one.join();
            other.join();
        }
    }
}
