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
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    /**
     * Which way a stream from ada to bee is authenticated, by what each side asks and has; said independently of the code:
     * a side that wants a certificate gets none it trusts, no stream; dialback works for everybody else.
     */
    static Stream<Arguments> policiesAndCertificates() {
        List<Arguments> rows = new ArrayList<>();
        for (Authentication adaAsks : Authentication.values()) {
            for (Authentication beeAsks : Authentication.values()) {
                for (boolean adaGood : new boolean[] {true, false}) {
                    for (boolean beeGood : new boolean[] {true, false}) {
                        rows.add(Arguments.of(adaAsks, adaGood, beeAsks, beeGood));
                    }
                }
            }
        }
        return rows.stream();
    }

    private static String expected(Authentication adaAsks, boolean adaGood, Authentication beeAsks, boolean beeGood) {
        if (adaAsks == Authentication.CERTIFICATE && !beeGood) {
            return "CERTIFICATE_REFUSED";
        }
        return beeAsks == Authentication.CERTIFICATE && !adaGood ? "AUTHENTICATION_FAILED" : "opened";
    }

    @ParameterizedTest
    @MethodSource("policiesAndCertificates")
    void theOutcomeFollowsFromPoliciesAndCertificates(
            Authentication adaAsks, boolean adaGood, Authentication beeAsks, boolean beeGood) {
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, adaGood ? good(ADA) : bad(ADA), tls(adaAsks));
                LoopbackGateway bee = new LoopbackGateway(network, BEE, beeGood ? good(BEE) : bad(BEE), tls(beeAsks))) {
            String expected = expected(adaAsks, adaGood, beeAsks, beeGood);
            if (!expected.equals("opened")) {
                assertThat(ada.openFails(BEE).reason().name()).isEqualTo(expected);
                return;
            }
            OutgoingStream stream = ada.open(BEE);
            stream.send(List.of(ada.message(BEE, "hello")))
                    .toCompletableFuture()
                    .join();
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(1));
        }
    }

    @Test
    void plaintextOpensOnlyWhereBothAllowIt() {
        StreamsSettings plain = LoopbackGateway.settings(
                StreamPolicy.DEFAULT, "streams.policies { \"bee.example\" { tls = plaintext-allowed } }");
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, good(ADA), plain);
                LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), StreamPolicy.DEFAULT)) {
            ada.open(BEE).close();
            bee.open(ADA).close();
        }
    }

    @Test
    void aShutDownPeerEndsTheStreamWithItsReason() {
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, good(ADA), StreamPolicy.DEFAULT)) {
            OutgoingStream stream;
            try (LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), StreamPolicy.DEFAULT)) {
                stream = ada.open(BEE);
                assertThat(bee.streams.addresses()).hasSize(1);
            }
            StreamEnd end = stream.ended()
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThat(end.reason()).isEqualTo(StreamEnd.Reason.REMOTE_STREAM_ERROR);
            assertThat(end.text()).contains("system-shutdown");
            CompletableFuture<Unsent> late =
                    stream.send(List.of(ada.message(BEE, "late"))).toCompletableFuture();
            await().until(late::isCompletedExceptionally);
            assertThat(ada.openFails(BEE).reason()).isEqualTo(StreamEnd.Reason.CONNECT_FAILED);
        }
    }

    @Test
    void aDomainThatIsNotThereIsNotFound() {
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, good(ADA), StreamPolicy.DEFAULT)) {
            assertThat(ada.openFails("nobody.example").reason()).isEqualTo(StreamEnd.Reason.REMOTE_NOT_FOUND);
        }
    }

    @Test
    void aDomainThatTheServerDoesNotServeEndsTheAttemptWithItsError() {
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, good(ADA), StreamPolicy.DEFAULT);
                LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), StreamPolicy.DEFAULT)) {
            network.put("cat.example", bee.streams.addresses().get(0));
            StreamEnd end = ada.openFails("cat.example");
            assertThat(end.reason()).isEqualTo(StreamEnd.Reason.REMOTE_STREAM_ERROR);
            assertThat(end.text()).contains("host-unknown").contains("127.0.0.1");
        }
    }
}
