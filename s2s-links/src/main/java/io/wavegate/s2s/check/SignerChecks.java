package io.wavegate.s2s.check;

import java.util.List;
import java.util.Optional;

/** Whose signatures of deltas will count. */
final class SignerChecks {
    private static final String RSA = "RSA ";

    private SignerChecks() {}

    /**
     * @param remote the other domain
     * @param shown the certificate that it shows in TLS, and whether we trust it
     */
    static List<Check> of(SignerFacts ours, String remote, Optional<TlsFacts> shown) {
        return List.of(own(ours), theirs(remote, shown));
    }

    /** Of the signer that other domains judge us by. */
    static Check own(SignerFacts ours) {
        return ours.problem().isEmpty()
                ? Check.ok(
                        Area.SIGNER,
                        "signer.ours",
                        ours.domain() + " signs as " + ours.subject() + ", by a chain that holds for us until "
                                + ours.notAfter())
                : Check.error(
                        Area.SIGNER,
                        "signer.ours",
                        Side.OURS,
                        "Our deltas of " + ours.domain() + " are signed by a chain that does not hold even for us: "
                                + ours.problem().get(),
                        "Give signing-certificate and signing-key of " + ours.domain()
                                + " a chain that leads to an authority all domains trust");
    }

    private static Check theirs(String remote, Optional<TlsFacts> shown) {
        String finding = remote + " shows its signer with its first delta";
        Optional<CertificateFacts> leaf =
                shown.flatMap(tls -> tls.chain().stream().findFirst());
        if (leaf.isEmpty()) {
            return Check.note(Area.SIGNER, "signer.theirs", finding);
        }
        boolean wouldDo = leaf.get().key().startsWith(RSA)
                && leaf.get().subject().contains("CN=" + remote)
                && shown.filter(tls -> tls.verdict().isTrusted()).isPresent();
        return Check.note(
                Area.SIGNER,
                "signer.theirs",
                finding + ". The certificate that it shows in TLS " + (wouldDo ? "would do" : "would not do")
                        + " (it takes an RSA key, the common name " + remote + " and a chain that we trust)");
    }
}
