package io.wavegate.s2s.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {
    @TempDir
    Path folder;

    private static TlsSettings with(String text) {
        return TlsSettings.from(ConfigFactory.parseString(text)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.tls")));
    }

    @Test
    void bothCurrentVersionsAndTheSystemsAuthoritiesByDefault() throws Exception {
        TlsSettings settings = with("");
        assertThat(settings.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(TrustAnchors.load(settings)).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocols = []", "protocols = [\"TLSv1.1\"]", "protocols = [\"SSLv3\", \"TLSv1.3\"]",
                "session-cache-size = 0", "session-timeout = 0s", "session-timeout = 2d"
            })
    void boundsHold(String text) {
        assertThatThrownBy(() -> with(text))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining(text.substring(0, text.indexOf(' ')));
    }

    @Test
    void anchorsAreTheCertificatesOfAllFiles() throws Exception {
        Path one = LabCertificate.write(
                folder.resolve("one.pem"),
                LabCertificate.authority("A").leaf(),
                LabCertificate.authority("B").leaf());
        Path two = LabCertificate.authority("C").writeChain(folder.resolve("two.pem"));
        assertThat(TrustAnchors.load(with("system-anchors = off, trust-anchors = [\"" + one + "\", \"" + two + "\"]")))
                .extracting(anchor ->
                        anchor.getTrustedCert().getSubjectX500Principal().getName())
                .containsExactly("CN=A", "CN=B", "CN=C");
    }

    @Test
    void anUnusableAnchorFileIsNamed() throws Exception {
        Path keyOnly = LabCertificate.authority("A").writeKey(folder.resolve("key.pem"));
        Path missing = folder.resolve("missing.pem");
        for (Path file : List.of(keyOnly, missing)) {
            assertThatThrownBy(() -> TrustAnchors.load(with("trust-anchors = [\"" + file + "\"]")))
                    .isInstanceOf(CertificateProblemException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThat(Files.exists(missing)).isFalse();
    }
}
