package io.wavegate.s2s.probe;

import io.wavegate.s2s.check.CertificateFacts;
import io.wavegate.s2s.check.FeatureFacts;
import io.wavegate.s2s.check.ProbeFacts;
import io.wavegate.s2s.check.ProbeTarget;
import io.wavegate.s2s.check.StreamProbes;
import io.wavegate.s2s.check.TlsFacts;
import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.vouch.Authority;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Servers at the addresses of the DNS cases: .99 refuses, .98 is silent, all others speak for whomever they are asked. */
final class ScriptedPeers implements StreamProbes {
    static final Instant UNTIL = Instant.parse("2027-02-01T00:00:00Z");
    private static final StreamEnd ENOUGH =
            new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "all was seen that was wanted");

    /** Whether the certificates hold. */
    boolean trusted = true;

    /** What the other side thinks of us. */
    Optional<AuthenticatedBy> taken = Optional.of(AuthenticatedBy.SASL_EXTERNAL);

    @Override
    public CompletionStage<ProbeFacts> look(DomainPair pair, ProbeTarget target) {
        return CompletableFuture.completedFuture(facts(pair, target, Optional.empty()));
    }

    @Override
    public CompletionStage<ProbeFacts> authenticate(DomainPair pair, ProbeTarget target) {
        return CompletableFuture.completedFuture(facts(pair, target, taken));
    }

    private ProbeFacts facts(DomainPair pair, ProbeTarget target, Optional<AuthenticatedBy> authenticated) {
        String address = target.address().getHostAddress();
        if (address.endsWith(".99")) {
            return ProbeFacts.unconnected(target, 1, "Connection refused: /" + address);
        } else if (address.endsWith(".98")) {
            return ProbeFacts.unconnected(target, 10_000, "connection timed out after 10000 ms: /" + address);
        }
        FeatureFacts plain = new FeatureFacts(true, false, true, List.of());
        FeatureFacts secured = new FeatureFacts(false, true, true, List.of("urn:xmpp:features:bidi"));
        return new ProbeFacts(
                target,
                OptionalLong.of(2),
                target.directTls() ? Optional.empty() : Optional.of(plain),
                Optional.of(tls(pair.remote())),
                Optional.of(secured),
                Optional.empty(),
                authenticated,
                30,
                ENOUGH);
    }

    private TlsFacts tls(String domain) {
        CertificateFacts leaf = new CertificateFacts(
                "CN=" + domain,
                "CN=Lab CA",
                List.of(domain),
                Instant.parse("2026-01-01T00:00:00Z"),
                UNTIL,
                "EC 256",
                true,
                true,
                false,
                "fingerprint of " + domain,
                "key of " + domain);
        PeerCertificate verdict = trusted
                ? new PeerCertificate.Trusted(domain, "CN=" + domain, UNTIL, new Authority("CN=Lab CA", "ca"))
                : new PeerCertificate.Untrusted("The certificate of " + domain + " is issued by nobody we know");
        return new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(leaf), verdict, 9);
    }
}
