package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a domain's servers show in TLS, judged by our anchors and policy. */
final class TlsChecks {
    private static final Duration SOON = Duration.ofDays(14);

    private final String domain;
    private final Authentication policy;
    private final Instant now;
    private final Set<String> seen = new HashSet<>();

    /** @param policy how the domain has to prove itself to us */
    TlsChecks(String domain, Authentication policy, Instant now) {
        this.domain = domain;
        this.policy = policy;
        this.now = now;
    }

    List<Check> of(List<ProbeFacts> probes) {
        List<Check> checks = new ArrayList<>();
        for (ProbeFacts probe : probes) {
            if (probe.tls().isPresent()) {
                secured(probe, probe.tls().get(), checks);
            } else if (probe.end().reason() == StreamEnd.Reason.TLS_FAILED) {
                checks.add(Check.error(
                        Area.TLS,
                        "tls.handshake",
                        Side.BETWEEN,
                        probe.target().label() + ": no TLS (" + probe.end().text() + ")",
                        "Compare the TLS versions of both sides (ours: wavegate.s2s.tls.protocols); the log of the other"
                                + " server says what it did not like"));
            }
        }
        return checks;
    }

    private void secured(ProbeFacts probe, TlsFacts tls, List<Check> checks) {
        String label = probe.target().label();
        checks.add(Check.ok(Area.TLS, "tls.version", label + ": " + tls.version() + ", " + tls.cipher())
                .took(tls.millis()));
        if (tls.chain().isEmpty()) {
            checks.add(unproven(label + " shows no certificate", "Its operator has to configure one"));
            return;
        }
        CertificateFacts leaf = tls.chain().get(0);
        if (!seen.add(leaf.fingerprint())) {
            checks.add(Check.ok(Area.TLS, "tls.certificate", label + " shows the same certificate"));
            return;
        }
        certificate(tls, leaf, checks);
    }

    private void certificate(TlsFacts tls, CertificateFacts leaf, List<Check> checks) {
        String what = " (names " + String.join(", ", leaf.names()) + "; " + leaf.key() + "; issued by " + leaf.issuer()
                + "; valid until " + leaf.notAfter() + "; " + tls.chain().size() + " in the chain)";
        if (tls.verdict() instanceof PeerCertificate.Trusted trusted) {
            checks.add(Check.ok(
                    Area.TLS,
                    "tls.certificate",
                    "The certificate proves " + domain + " to us by its name " + trusted.matchedName() + what));
            expiry(trusted.notAfter(), checks);
        } else {
            String reason = tls.verdict() instanceof PeerCertificate.Untrusted untrusted
                    ? untrusted.reason()
                    : "There is no certificate";
            checks.add(unproven(reason + what, ""));
        }
        if (!leaf.clientAuth()) {
            checks.add(Check.note(
                    Area.TLS,
                    "tls.usage",
                    "The certificate is one of a server only (serverAuth), as public authorities make them. We take it in"
                            + " both directions; some servers refuse it from who connects and use dialback"));
        }
    }

    private void expiry(Instant notAfter, List<Check> checks) {
        if (notAfter.isBefore(now.plus(SOON))) {
            checks.add(Check.warning(
                    Area.TLS,
                    "tls.expiry",
                    Side.REMOTE,
                    "The certificate of " + domain + " ends in "
                            + Duration.between(now, notAfter).toDays() + " days, at " + notAfter,
                    "Its operator has to renew it before that"));
        }
    }

    /** How bad that is, is a matter of our policy. */
    private Check unproven(String finding, String remedy) {
        return switch (policy) {
            case CERTIFICATE ->
                Check.error(
                        Area.TLS,
                        "tls.certificate",
                        Side.REMOTE,
                        finding,
                        remedy.isEmpty()
                                ? "Our policy for " + domain + " takes nothing but a good certificate; see"
                                        + " wavegate.s2s.streams.policies"
                                : remedy);
            case CERTIFICATE_OR_DIALBACK ->
                Check.warning(
                        Area.TLS,
                        "tls.certificate",
                        Side.REMOTE,
                        finding,
                        "Dialback takes its place, so that DNS alone vouches for " + domain);
            case DIALBACK ->
                Check.note(Area.TLS, "tls.certificate", finding + ". Our policy asks " + domain + " for dialback only");
        };
    }
}
