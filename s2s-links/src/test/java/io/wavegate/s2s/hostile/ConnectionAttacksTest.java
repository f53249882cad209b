package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.hostile.AttackedGateway.ADA;
import static io.wavegate.s2s.hostile.AttackedGateway.BEE;
import static io.wavegate.s2s.hostile.AttackedGateway.MALLORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.wavegate.s2s.netty.RawPeer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that are slow, half, deaf, many, or gone: each has its end, and none costs what a stream costs. */
class ConnectionAttacksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A record of a client's hello that says it is 16 MB long (CVE-2023-34462). */
    private static final byte[] HUGE_HELLO = HexFormat.of().parseHex("16030140000100ffff0303");

    @RegisterExtension
    static final AttackedGateway gateway =
            new AttackedGateway("streams { write-timeout = 2s, timeouts { header = 3s, tls = 3s,"
                    + " authentication = 4s, closing = 300ms } }");

    @Test
    void headerThatNeverEnds() throws IOException {
        try (RawPeer slow = gateway.connect()) {
            slow.sends("<stream:stream xmlns='jabber:server'");
            assertThat(slow.readsToTheEnd()).contains("<connection-timeout ").endsWith("</stream:stream>");
        }
    }

    /** Each byte that comes is a sign of life and no reason to wait longer. */
    @Test
    void headerByteByByte() throws IOException {
        try (RawPeer slow = gateway.connect()) {
            slow.sends("<stream:stream a='");
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isGone(slow));
        }
    }

    @Test
    void streamThatNeverAuthenticates() throws IOException, GeneralSecurityException {
        try (RawPeer idle = gateway.secured(BEE)) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isGone(idle));
        }
    }

    private static boolean isGone(RawPeer peer) {
        try {
            peer.sends(" ");
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    @Test
    void handshakeThatNeverBeginsOrClaimsToBeHuge() throws IOException {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            RawPeer peer = gateway.connect();
            peers.add(peer);
            peer.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            peer.sends(RawPeer.STARTTLS).reads("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            if (i > 0) {
                peer.sends(HUGE_HELLO);
            }
        }
        gateway.neighboursTalk();
        for (RawPeer peer : peers) {
            assertThat(peer.readsToTheEnd()).doesNotContain("<stream:stream");
            peer.close();
        }
    }

    /** Its end was told and our side closed; a peer that keeps its own side open keeps nothing of ours. */
    @Test
    void peerThatDoesNotCloseAfterItsEnd() throws IOException, GeneralSecurityException {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            peers.add(i % 2 == 0 ? gateway.connect() : gateway.secured(BEE));
            assertThat(peers.get(i).sends("<a/>").readsToTheEnd()).endsWith("</stream:stream>");
        }
        gateway.connectionsAreGivenUp();
        for (RawPeer peer : peers) {
            peer.resets();
        }
    }

    /** Hundreds of them from one address are fewer than the honest streams' share; those go on and new ones open. */
    @Test
    void hundredsOfHalfOpenStreams() throws IOException, GeneralSecurityException {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            peers.add(gateway.connect().sends("<stream:stream "));
        }
        gateway.neighboursTalk();
        try (RawPeer fay = gateway.authenticated("fay.example")) {
            fay.sends(AttackedGateway.message("fay.example", "new here"));
            AttackedGateway.arrives(gateway.ada, "new here");
        }
        for (RawPeer peer : peers) {
            assertThat(peer.readsToTheEnd()).endsWith("</stream:stream>");
            peer.close();
        }
    }

    /** It asks and asks and never reads an answer: we stop reading it, and give it up when it takes nothing. */
    @Test
    void peerThatNeverReads() throws IOException, GeneralSecurityException {
        AtomicLong sent = new AtomicLong();
        byte[] questions = "<db:verify from='mallory.example' to='ada.example' id='1'>k</db:verify>"
                .repeat(100)
                .getBytes(UTF_8);
        try (RawPeer deaf = gateway.authenticated(MALLORY)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                while (sent.get() < 1L << 30) {
                    try {
                        deaf.sends(questions);
                    } catch (IOException gone) {
                        return;
                    }
                    sent.addAndGet(questions.length);
                }
            });
            await().atMost(PATIENCE.multipliedBy(2)).until(sending::isDone);
            // The kernel alone may hold some 40 MiB in each direction (tcp_rmem and tcp_wmem).
            assertThat(sent).hasValueLessThan(256L << 20);
        }
    }

    @Test
    void resetInTheMiddleOfAStanza() throws IOException, GeneralSecurityException {
        RawPeer bee = gateway.authenticated(BEE);
        bee.sends("<message from='bee.example' to='ada.example'><body>half a st");
        bee.resets();
    }

    @Test
    void tlsEndsWithoutTheStream() throws IOException, GeneralSecurityException {
        gateway.authenticated(BEE).close();
    }

    /** CVE-2026-42577: a half-closed connection that is then reset must not keep an event loop busy. */
    @Test
    void halfClosedAndReset() throws IOException, GeneralSecurityException {
        for (int i = 0; i < 20; i++) {
            RawPeer plain = gateway.connect().sends(RawPeer.header(BEE, ADA));
            plain.reads("</stream:features>");
            plain.halfCloses();
            plain.resets();
            RawPeer secured = gateway.secured(BEE);
            secured.halfCloses();
            secured.resets();
        }
        gateway.neighboursTalk();
        await().atMost(PATIENCE).until(() -> busyMillisOfOneSecond() < 500);
    }

    private static long busyMillisOfOneSecond() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        return Duration.ofNanos(system.getProcessCpuTime() - before).toMillis();
    }

    /** CVE-2026-43507: what unauthenticated connections leave behind is nothing. */
    @Test
    void thousandsThatComeAndGo() throws IOException, GeneralSecurityException {
        for (int i = 0; i < 3_000; i++) {
            try (RawPeer peer = gateway.connect()) {
                if (i % 3 == 1) {
                    peer.sends("<stream:str");
                } else if (i % 3 == 2) {
                    peer.sends(RawPeer.header("n" + i + ".example", ADA)).reads("<stream:features>");
                }
            }
        }
        for (int i = 0; i < 50; i++) {
            gateway.secured("n" + i + ".example").close();
        }
    }
}
