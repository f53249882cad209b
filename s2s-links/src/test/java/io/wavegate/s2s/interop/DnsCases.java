package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsSettings;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which DNS can lead to a server, or not, with a real one at its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DnsCases {
    private @Nullable CasesLab lab;
    private @Nullable LabNode node;
    private CompletableFuture<NettyStreams> edge = new CompletableFuture<>();

    abstract CasesLab start(Path folder) throws IOException;

    @BeforeAll
    void begin(@TempDir Path folder) throws IOException {
        CasesLab started = start(folder);
        lab = started;
        node = new LabNode(CasesLab.US, receiver -> {
            NettyStreams streams = edge(started, receiver);
            edge.complete(streams);
            return streams;
        });
    }

    private static NettyStreams edge(CasesLab lab, StanzaReceiver receiver) {
        String settings =
                """
                listen = ["%s"]
                listen-direct-tls = []
                streams.connect-timeout = 1s
                streams.policy { tls = required, authentication = certificate }
                """
                        .formatted(lab.listen());
        var config = ConfigFactory.parseString(settings)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s"));
        TlsIdentities identities = new TlsIdentities(
                Set.of(CasesLab.US),
                new DomainCertificates(Map.of(CasesLab.US, lab.certificate())),
                new PeerCertificateJudge(Set.of(new TrustAnchor(lab.anchor(), null))),
                TlsSettings.from(config.getConfig("tls")),
                Clock.systemUTC());
        NettyStreams streams = NettyStreams.start(StreamsSettings.from(config), identities, lab.resolver(), receiver);
        try {
            lab.listening(streams.addresses().get(0).getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return streams;
    }

    @AfterAll
    void stop() throws IOException {
        if (node != null) {
            node.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    final CasesLab lab() {
        return Optional.ofNullable(lab).orElseThrow();
    }

    OutgoingStream open(String domain) {
        return edge.join()
                .open(new DomainPair(CasesLab.US, domain))
                .toCompletableFuture()
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srv-multi",
                "srv-zero-weight",
                "srv-port",
                "cname-target",
                "cname-srv",
                "direct-tls",
                "direct-only",
                "direct-dead",
                "dead-first",
                "blackhole-first",
                "big-srv"
            })
    void reached(String name) throws IOException {
        try {
            OutgoingStream stream = open(name + ".example");
            assertThat(stream.pair().remote()).isEqualTo(name + ".example");
            stream.close();
        } catch (RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + lab().log(), e);
        }
    }

    @Test
    void reachedOverIpv6Alone() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this machine has no IPv6");
        reached("aaaa-only");
    }

    @ParameterizedTest
    @CsvSource({
        "srv-dot, REMOTE_NOT_FOUND, its DNS says that it has no XMPP server",
        "all-dead, CONNECT_FAILED, refused",
        "srv-nx, REMOTE_NOT_FOUND, nowhere.cases.example: no such name",
        "nxdomain, REMOTE_NOT_FOUND, check the spelling",
        "servfail, RESOLUTION_FAILED, SERVFAIL",
        "refused, RESOLUTION_FAILED, REFUSED",
        "timeout, RESOLUTION_FAILED, no DNS server answered within"
    })
    void notReachedAndTheReasonSaysWhy(String name, Reason reason, String text) {
        assertThatThrownBy(() -> open(name + ".example"))
                .cause()
                .isInstanceOfSatisfying(StreamEndedException.class, ended -> {
                    assertThat(ended.end().reason()).isEqualTo(reason);
                    assertThat(ended.end().text()).contains(text);
                });
    }

    @ParameterizedTest
    @CsvSource({"disco.example, fed.disco.example", "guess.example, wave.guess.example"})
    void theWaveServiceIsFound(String domain, String service) throws Exception {
        try (LabComponent component = lab().component(service)) {
            assertThat(update(domain)).isEqualTo(new Answer.Ok<>(true));
            component.await("update", stanza -> stanza.startsWith("<message") && stanza.contains("wavelet-update"));
        } catch (Exception | AssertionError e) {
            throw new AssertionError(e + "\n" + lab().log(), e);
        }
    }

    @Test
    void aServerWithoutWaveIsFoundToHaveNone() throws Exception {
        assertThat(update("nowave.example").toString()).contains("has not the feature of a wave server");
    }

    Answer<Boolean> update(String domain) throws Exception {
        WaveletName wavelet = new WaveletName(CasesLab.US, "w+1", CasesLab.US, "conv+root");
        WaveletUpdate update =
                new WaveletUpdate(wavelet, List.of(ByteString.copyFromUtf8("a delta")), Optional.empty());
        return Optional.ofNullable(node)
                .orElseThrow()
                .remoteDomains()
                .update(CasesLab.US, domain, update)
                .toCompletableFuture()
                .get(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
    }
}
