package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.DialbackKey;
import io.wavegate.s2s.stream.StreamPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer with a good or bad certificate can try over a real socket, and that nobody else notices. */
class HostilePeerTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";
    private static final int LIMIT = 512 * 1024;

    private final Network network = new Network();
    private LoopbackGateway ada;

    @BeforeEach
    void start() {
        ada = new LoopbackGateway(network, ADA, good(ADA), StreamPolicy.DEFAULT);
    }

    @AfterEach
    void nobodyElseNoticed() throws IOException, GeneralSecurityException {
        try (RawPeer cat = authenticated("cat.example")) {
            ada.inbox.clear();
            cat.sends("<message from='cat.example' to='ada.example'><body>still here</body></message>");
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
        }
        ada.close();
    }

    private RawPeer connect() throws IOException {
        return new RawPeer(network.address(ADA));
    }

    private RawPeer authenticated(String from) throws IOException, GeneralSecurityException {
        return connect().secures(from, ADA, good(from)).authenticates(from, ADA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<message from='cat.example' to='ada.example'/>|invalid-from",
                "<message to='ada.example'/>|improper-addressing",
                "<a></b> |not-well-formed",
                "<!DOCTYPE a>|restricted-xml",
                "<message from='bee.example' to='ada.example'><!-- x --></message>|restricted-xml",
                "text|bad-format",
            })
    void badInputEndsItsStream(String input, String condition) throws IOException, GeneralSecurityException {
        try (RawPeer bee = authenticated(BEE)) {
            bee.sends(input);
            assertThat(bee.readsToTheEnd()).contains("<" + condition + " ").endsWith("</stream:stream>");
            assertThat(ada.inbox).isEmpty();
        }
    }

    @Test
    void aStanzaMayHaveTheLimitAndNotOneByteMore() throws IOException, GeneralSecurityException {
        String open = "<message from='bee.example' to='ada.example'><body>";
        String close = "</body></message>";
        String fits = open + "x".repeat(LIMIT - open.length() - close.length()) + close;
        try (RawPeer bee = authenticated(BEE)) {
            bee.sends(fits);
            await().until(() -> ada.inbox.size() == 1);
            bee.sends(fits.replace("<body>", "<body>y"));
            assertThat(bee.readsToTheEnd()).contains("<policy-violation ");
            assertThat(ada.inbox.size()).isEqualTo(1);
        }
    }

    @Test
    void aStanzaBeforeAuthenticationIsNotProcessed() throws IOException, GeneralSecurityException {
        try (RawPeer bee = connect().secures(BEE, ADA, good(BEE))) {
            bee.sends("<message from='bee.example' to='ada.example'/>");
            assertThat(bee.readsToTheEnd()).contains("<not-authorized ");
            assertThat(ada.inbox).isEmpty();
        }
    }

    @Test
    void plaintextIsRefused() throws IOException {
        try (RawPeer bee = connect()) {
            bee.sends(RawPeer.header(BEE, ADA) + "<message from='bee.example' to='ada.example'/>");
            assertThat(bee.readsToTheEnd()).contains("<policy-violation ");
        }
    }

    @Test
    void xmlBehindStarttlsNeverReachesTheSecuredStream() throws IOException {
        try (RawPeer bee = connect()) {
            bee.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            bee.sends(RawPeer.STARTTLS + RawPeer.header(BEE, ADA) + "<message from='bee.example' to='ada.example'/>");
            assertThat(bee.readsToTheEnd()).doesNotContain("<stream:stream");
            assertThat(ada.inbox).isEmpty();
        }
    }

    @Test
    void moreThanTenThousandBytesBeforeAuthenticationAreRefused() throws IOException {
        try (RawPeer bee = connect()) {
            bee.sends("<stream:stream a='" + "x".repeat(10_000));
            assertThat(bee.readsToTheEnd()).contains("<policy-violation ");
        }
    }

    @Test
    void aPeerThatHalfClosesIsGone() throws IOException, GeneralSecurityException {
        try (RawPeer bee = connect()) {
            bee.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            bee.halfCloses();
            assertThat(bee.readsToTheEnd()).isEmpty();
        }
    }

    @Test
    void aForgedDialbackKeyIsRefused() throws IOException, GeneralSecurityException {
        try (LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), StreamPolicy.DEFAULT);
                RawPeer mallory = connect().secures(BEE, ADA, good("mallory.example"))) {
            String key = DialbackKey.of("guess").make(ADA, BEE, "guess");
            mallory.sends("<db:result from='bee.example' to='ada.example'>" + key + "</db:result>");
            assertThat(mallory.readsToTheEnd()).contains("type='invalid'").endsWith("</stream:stream>");
            assertThat(bee.inbox).isEmpty();
        }
    }

    @Test
    void aDomainThatCannotBeFoundIsNotAuthenticated() throws IOException, GeneralSecurityException {
        try (RawPeer bee = connect().secures(BEE, ADA, good("mallory.example"))) {
            bee.sends("<db:result from='bee.example' to='ada.example'>key</db:result>");
            assertThat(bee.reads("</db:result>")).contains("type='error'").contains("<remote-server-not-found ");
        }
    }

    @Test
    void readingStopsWhileStanzasAreNotTakenOver() throws IOException, GeneralSecurityException {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        ada.takeWhen(taken);
        String stanza =
                "<message from='bee.example' to='ada.example'><body>" + "x".repeat(100_000) + "</body></message>";
        int stanzas = 200;
        try (RawPeer bee = authenticated(BEE)) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < stanzas; i++) {
                        bee.sends(stanza);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().until(() -> ada.inbox.size() > 8);
            await().during(Duration.ofMillis(500)).until(() -> ada.inbox.size() < 40);
            assertThat(sender).isNotDone();
            taken.complete(null);
            await().atMost(Duration.ofSeconds(60)).until(() -> ada.inbox.size() == stanzas);
            sender.join();
        }
    }
}
