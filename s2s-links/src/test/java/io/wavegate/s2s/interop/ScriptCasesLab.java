package io.wavegate.s2s.interop;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.dns.DnsResolver;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.PeerScripts;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.tls.CertificateFiles;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.LoadedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The cases as {@code ../shared/peers} has them: unbound with its zone, and a Prosody on the standard ports. */
final class ScriptCasesLab implements CasesLab {
    private final PeerScripts scripts;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    ScriptCasesLab(Path work) throws IOException {
        scripts =
                PeerScripts.need(work, "127.0." + (100 + ProcessHandle.current().pid() % 100));
        scripts.run("ca.sh", "init");
        scripts.run("ca.sh", "issue", US);
        scripts.run("dns.sh", "start");
        scripts.run("prosody.sh", "cases", "--auth", "external", "--log", "debug");
    }

    @Override
    public DnsResolver resolver() {
        String settings =
                """
                servers = ["%s:5353"]
                timeout = 500ms
                allow-private-addresses = on
                """
                        .formatted(scripts.address(53));
        return DnsResolver.over(
                ResolveSettings.from(ConfigFactory.parseString(settings)
                        .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.resolve"))),
                executor,
                Clock.systemUTC());
    }

    @Override
    public X509Certificate anchor() {
        try (InputStream in = Files.newInputStream(scripts.file("ca/ca.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DomainCertificate certificate() {
        LoadedCertificate loaded = CertificateFiles.load(
                List.of(US), scripts.file("certs/" + US + ".crt"), scripts.file("certs/" + US + ".key"), Instant.now());
        return ((LoadedCertificate.Usable) loaded).certificate();
    }

    @Override
    public String listen() {
        return scripts.address(10) + ":5269";
    }

    @Override
    public void listening(int port) {}

    @Override
    public LabComponent component(String domain) throws IOException {
        return LabComponent.connect(domain, new InetSocketAddress(scripts.address(8), 5347), scripts.secret());
    }

    @Override
    public String log() throws IOException {
        String log = Files.readString(scripts.file("cases/log/prosody.log"), StandardCharsets.ISO_8859_1);
        return log.substring(Math.max(0, log.length() - 6_000));
    }

    @Override
    public void close() throws IOException {
        scripts.run("prosody.sh", "stop-all");
        scripts.run("dns.sh", "stop");
        executor.shutdownNow();
    }
}
