package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static io.wavegate.s2s.netty.LoopbackGateway.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Certificates that end while a stream is up, over real sockets and TLS. */
class ExpiredCertificateTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";

    /** Time stands still until it is moved, so that no machine is too slow for the test. */
    private static final class StandingClock extends Clock {
        private volatile Instant now;

        StandingClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Network network = new Network();
    private final LabCertificate old = good(BEE);
    private final Instant end = old.leaf().getNotAfter().toInstant();
    private final LabCertificate renewed = LabCertificate.request(BEE)
            .dns(BEE)
            .valid(end.minus(Duration.ofDays(1)), end.plus(Duration.ofDays(1)))
            .signedBy(LoopbackGateway.AUTHORITY);
    private final StandingClock clock = new StandingClock(end.minusSeconds(1));

    private LoopbackGateway gateway(String domain, LabCertificate certificate, Clock judging) {
        return new LoopbackGateway(network, domain, certificate, settings(StreamPolicy.DEFAULT), judging);
    }

    private static LabCertificate lasting(String domain, Instant end) {
        return LabCertificate.request(domain)
                .dns(domain)
                .valid(Instant.now().minusSeconds(60), end.plus(Duration.ofDays(9)))
                .signedBy(LoopbackGateway.AUTHORITY);
    }

    private static void send(OutgoingStream stream, XmlElement stanza) {
        stream.send(List.of(stanza))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static StreamEnd end(OutgoingStream stream) {
        return stream.ended()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whoOpenedTheStreamResetsItWhenThePeersCertificateEnds() {
        try (LoopbackGateway ada = gateway(ADA, lasting(ADA, end), clock);
                LoopbackGateway bee = gateway(BEE, old, Clock.systemUTC())) {
            OutgoingStream first = ada.open(BEE);
            send(first, ada.message(BEE, "before"));
            bee.identities.replace(BEE, new DomainCertificate(renewed.chain(), renewed.key()));
            clock.now = end.plusSeconds(2);
            assertThat(end(first)).satisfies(why -> {
                assertThat(why.reason()).isEqualTo(Reason.CERTIFICATE_EXPIRED);
                assertThat(why.error()).contains(StreamErrorCondition.RESET);
                assertThat(why.text()).contains(BEE);
            });
            OutgoingStream second = ada.open(BEE);
            send(second, ada.message(BEE, "after"));
            await().untilAsserted(() ->
                    assertThat(bee.inbox).containsExactly(ada.message(BEE, "before"), ada.message(BEE, "after")));
        }
    }

    @Test
    void whoTookTheStreamResetsItWhenItsOwnCertificateEndsAndNothingIsLost() {
        try (LoopbackGateway ada = gateway(ADA, lasting(ADA, end), Clock.systemUTC());
                LoopbackGateway bee = gateway(BEE, old, clock)) {
            OutgoingStream first = ada.open(BEE);
            send(first, ada.message(BEE, "before"));
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(1));
            bee.identities.replace(BEE, new DomainCertificate(renewed.chain(), renewed.key()));
            clock.now = end.plusSeconds(2);
            assertThat(end(first)).satisfies(why -> {
                assertThat(why.reason()).isEqualTo(Reason.REMOTE_STREAM_ERROR);
                assertThat(why.error()).contains(StreamErrorCondition.RESET);
            });
            assertThat(first.unacknowledged())
                    .as("what was dealt with was acknowledged first")
                    .isEmpty();
            OutgoingStream second = ada.open(BEE);
            send(second, ada.message(BEE, "after"));
            await().untilAsserted(() -> assertThat(bee.inbox).hasSize(2));
        }
    }
}
