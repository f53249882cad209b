package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.LoopbackGateway;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.netty.RawPeer;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The gateway of ada.example with two honest neighbours: cat, who has a stream to it, and dan, to whom it has one. Whatever is
 * tried against it, those two streams go on, its connections go away, and its heap is as large as it was.
 */
final class AttackedGateway implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    static final String ADA = "ada.example";
    static final String BEE = "bee.example";
    static final String MALLORY = "mallory.example";
    private static final String CAT = "cat.example";
    private static final String DAN = "dan.example";
    private static final long HEAP_TOLERANCE = 48L << 20;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int FILES_TOLERANCE = 3;

    final Network network = new Network();
    LoopbackGateway ada;
    private final String settings;
    private final AtomicInteger said = new AtomicInteger();
    private LoopbackGateway dan;
    private RawPeer cat;
    private OutgoingStream toDan;
    private long files;
    private List<Long> connections;
    private long heap;

    /** @param settings of {@code wavegate.s2s}, besides the defaults */
    AttackedGateway(String settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, GeneralSecurityException {
        ada = new LoopbackGateway(network, ADA, good(ADA), settings(settings));
        dan = new LoopbackGateway(network, DAN, good(DAN), settings(""));
        cat = authenticated(CAT);
        toDan = ada.open(DAN);
        neighboursTalk();
        files = openFiles();
        connections = connections();
        heap = usedHeap();
    }

    private static StreamsSettings settings(String text) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Config config = ConfigFactory.parseString("listen = [\"127.0.0.1:" + port + "\"]\n" + text)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s"));
        return StreamsSettings.from(config);
    }

    /** A connection, nothing said on it. */
    RawPeer connect() throws IOException {
        return new RawPeer(network.address(ADA));
    }

    /** A stream over TLS with a good certificate of the domain. */
    RawPeer secured(String from) throws IOException, GeneralSecurityException {
        return secured(from, good(from));
    }

    RawPeer secured(String from, LabCertificate certificate) throws IOException, GeneralSecurityException {
        return connect().secures(from, ADA, certificate);
    }

    /** A stream that is authenticated as this domain, which has a good certificate. */
    RawPeer authenticated(String from) throws IOException, GeneralSecurityException {
        return secured(from).authenticates(from, ADA);
    }

    /** A stanza to ada, as text. */
    static String message(String from, String body) {
        return "<message from='" + from + "' to='" + ADA + "'><body>" + body + "</body></message>";
    }

    /** Nothing of the attacker's came through, the neighbours' streams go on, and of his connections none is left. */
    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        tookNothing();
        neighboursTalk();
        await().pollInterval(POLL).atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(openFiles())
                .as("connections left")
                .isLessThan(files + FILES_TOLERANCE));
        connectionsAreGivenUp();
        ada.inbox.clear();
    }

    /** Both of the streams that were there before carry a stanza. */
    void neighboursTalk() throws IOException {
        String body = "still here " + said.incrementAndGet();
        cat.sends(message(CAT, body));
        arrives(ada, body);
        toDan.send(List.of(ada.message(DAN, body))).toCompletableFuture().join();
        arrives(dan, body);
    }

    /** Nothing but what the neighbours said has come through. */
    void tookNothing() {
        assertThat(ada.inbox)
                .allMatch(stanza -> stanza.attribute("from").filter(CAT::equals).isPresent());
    }

    /** A stanza with this body comes; it is taken out of the inbox. */
    static void arrives(LoopbackGateway at, String body) {
        await().pollInterval(POLL).atMost(Duration.ofSeconds(30)).until(() -> at.inbox.stream()
                .flatMap(stanza -> stanza.elements().stream())
                .map(XmlElement::text)
                .anyMatch(body::equals));
        at.inbox.removeIf(
                stanza -> stanza.elements().stream().map(XmlElement::text).anyMatch(body::equals));
    }

    /** Those of the attacker, as far as they are counted. */
    void connectionsAreGivenUp() {
        await().pollInterval(POLL).atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(connections())
                .as("connections counted, and held of the limit")
                .isEqualTo(connections));
    }

    /** What an operator sees of them, and what is left for others. */
    private List<Long> connections() {
        return List.of(ada.sum("wavegate_s2s_connections"), ada.sum("wavegate_s2s_limit_used"));
    }

    private static long openFiles() {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getOpenFileDescriptorCount();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** After all attacks, the heap is as it was before the first. */
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        assertThat(usedHeap()).as("heap").isLessThan(heap + HEAP_TOLERANCE);
        cat.close();
        ada.close();
        dan.close();
    }
}
