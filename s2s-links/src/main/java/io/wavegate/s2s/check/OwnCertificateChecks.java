package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.PeerCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Our own certificate as other servers judge it. */
final class OwnCertificateChecks {
    private static final Duration SOON = Duration.ofDays(21);

    private OwnCertificateChecks() {}

    static List<Check> of(OwnDomain own, Instant now) {
        List<Check> checks = new ArrayList<>();
        if (own.chain().isEmpty()) {
            checks.add(Check.error(
                    Area.TLS,
                    "self.certificate",
                    Side.OURS,
                    own.domain() + " has no certificate",
                    "Name one in wavegate.domains"));
            return checks;
        }
        CertificateFacts leaf = own.chain().get(0);
        checks.add(trust(own, leaf));
        expiry(own, now, checks);
        names(own, leaf, checks);
        usage(own, leaf, checks);
        return checks;
    }

    private static Check trust(OwnDomain own, CertificateFacts leaf) {
        String what = "The certificate of " + own.domain() + " (" + leaf.key() + ", issued by " + leaf.issuer()
                + ", valid until " + leaf.notAfter() + ", " + own.chain().size() + " in the chain)";
        if (own.publicly().isTrusted()) {
            return Check.ok(Area.TLS, "self.certificate", what + " holds by the authorities that everybody trusts");
        }
        if (own.judged() instanceof PeerCertificate.Untrusted untrusted) {
            return Check.error(
                    Area.TLS,
                    "self.certificate",
                    Side.OURS,
                    what + " does not hold even by our own anchors: " + untrusted.reason(),
                    "Others will ask for dialback, and those who insist on certificates refuse us. Obtain one whose chain is"
                            + " complete, and put the intermediates behind it in the file");
        }
        return Check.warning(
                Area.TLS,
                "self.certificate",
                Side.OURS,
                what + " holds by wavegate.s2s.tls.trust-anchors, not by the authorities that everybody trusts",
                "Right in a private federation; for the public network obtain one of a public authority");
    }

    private static void expiry(OwnDomain own, Instant now, List<Check> checks) {
        Instant end = own.chain().stream()
                .map(CertificateFacts::notAfter)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        if (end.isBefore(now.plus(SOON))) {
            checks.add(Check.warning(
                    Area.TLS,
                    "self.expiry",
                    Side.OURS,
                    "It ends in " + Math.max(0, Duration.between(now, end).toDays()) + " days",
                    "Renew it now; the files are read again by themselves"));
        }
    }

    private static void names(OwnDomain own, CertificateFacts leaf, List<Check> checks) {
        String wave = "wave." + own.domain();
        boolean covered = leaf.names().contains(wave) || leaf.names().contains("*." + own.domain());
        checks.add(
                covered
                        ? Check.ok(Area.TLS, "self.names", "It names " + String.join(", ", leaf.names()))
                        : Check.note(
                                Area.TLS,
                                "self.names",
                                "It names " + String.join(", ", leaf.names()) + " and not " + wave
                                        + ", where servers that find no wave service at the domain look for one",
                                "Ask for " + wave + " too when you renew it"));
    }

    private static void usage(OwnDomain own, CertificateFacts leaf, List<Check> checks) {
        if (!leaf.serverAuth()) {
            checks.add(Check.error(
                    Area.TLS,
                    "self.usage",
                    Side.OURS,
                    "It may not stand for a server (extended key usage without serverAuth)",
                    "Obtain one with serverAuth; nobody accepts this one from " + own.domain()));
        } else if (!leaf.clientAuth()) {
            checks.add(Check.note(
                    Area.TLS,
                    "self.usage",
                    "It may stand for a server only (serverAuth), as public authorities make them. Where we connect, ejabberd"
                            + " refuses that and asks for dialback; Prosody and gateways of our kind accept it",
                    "Nothing, as long as dialback works"));
        }
        if (leaf.xmppAddress()) {
            checks.add(Check.warning(
                    Area.TLS,
                    "self.usage",
                    Side.OURS,
                    "It has an id-on-xmppAddr, on which ejabberd 23.01 breaks off without a word",
                    "Obtain one that names the domain as dNSName only"));
        }
    }
}
