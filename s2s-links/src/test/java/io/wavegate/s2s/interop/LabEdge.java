package io.wavegate.s2s.interop;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsSettings;
import java.io.IOException;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Our edge in the peer lab, for a domain and its {@code wave.} name, found by the real servers through SRV. */
public final class LabEdge {
    private LabEdge() {}

    /** Starts it; {@code receiver} takes what comes in. */
    public static NettyStreams start(
            PeerLab lab,
            String domain,
            StreamPolicy.Authentication authentication,
            LabCertificate certificate,
            StanzaReceiver receiver)
            throws IOException {
        Set<String> domains = new LinkedHashSet<>(List.of(domain, "wave." + domain));
        return start(lab, domain, domains, authentication, certificate, receiver);
    }

    /** The same for these names, whatever the certificate says. */
    static NettyStreams start(
            PeerLab lab,
            String domain,
            Set<String> domains,
            StreamPolicy.Authentication authentication,
            LabCertificate certificate,
            StanzaReceiver receiver)
            throws IOException {
        return start(lab, domain, 0, domains, authentication, certificate, receiver);
    }

    /** The same on this port: a server that comes back is where others remember it. */
    static NettyStreams start(
            PeerLab lab,
            String domain,
            int port,
            Set<String> domains,
            StreamPolicy.Authentication authentication,
            LabCertificate certificate,
            StanzaReceiver receiver)
            throws IOException {
        NettyStreams streams = open(lab, domain, port, domains, authentication, certificate, receiver);
        for (String name : domains) {
            lab.publish(name, streams.addresses().get(0).getPort());
        }
        return streams;
    }

    private static NettyStreams open(
            PeerLab lab,
            String domain,
            int port,
            Set<String> domains,
            StreamPolicy.Authentication authentication,
            LabCertificate certificate,
            StanzaReceiver receiver) {
        Config config = ConfigFactory.load().getConfig("wavegate.s2s");
        TlsIdentities identities = new TlsIdentities(
                domains,
                new DomainCertificates(Map.of(domain, new DomainCertificate(certificate.chain(), certificate.key()))),
                new PeerCertificateJudge(Set.of(new TrustAnchor(lab.authority().leaf(), null))),
                TlsSettings.from(config.getConfig("tls")),
                Clock.systemUTC());
        return NettyStreams.start(settings(config, port, authentication), identities, lab.resolver(), receiver);
    }

    /** One that DNS knows for direct TLS (XEP-0368) alone. */
    static NettyStreams startForDirectTls(
            PeerLab lab, String domain, StreamPolicy.Authentication authentication, StanzaReceiver receiver)
            throws IOException {
        NettyStreams streams = open(lab, domain, 0, Set.of(domain), authentication, lab.certificate(domain), receiver);
        lab.publishDirectTls(domain, streams.directTlsAddresses().get(0).getPort());
        return streams;
    }

    private static StreamsSettings settings(Config config, int port, StreamPolicy.Authentication authentication) {
        String word = authentication.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return StreamsSettings.from(ConfigFactory.parseString(
                        """
                        listen = ["127.0.0.1:%d"]
                        listen-direct-tls = ["127.0.0.1:0"]
                        streams.policy { tls = required, authentication = %s }
                        """
                                .formatted(port, word))
                .withFallback(config));
    }
}
