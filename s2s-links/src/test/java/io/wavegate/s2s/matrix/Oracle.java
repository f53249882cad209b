package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.CertificateKind;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.Outcome.Way;

/**
 * How every cell has to end, from the specifications and from what the two servers were seen to do (PEER-BEHAVIOUR). Shares
 * nothing with the streams and the TLS under test: it knows policies and kinds of certificates, no certificate and no XML.
 */
final class Oracle {
    private Oracle() {}

    static Outcome of(Cell cell) {
        return cell.direction() == Direction.OUT ? weConnect(cell) : theyConnect(cell);
    }

    private static Outcome weConnect(Cell cell) {
        if (!cell.peer().hasTls()) {
            return inPlaintext(cell);
        }
        if (cell.ours().proof() == Proof.CERTIFICATE && Verdict.ours(cell.peerCertificate()) != Verdict.BELIEVED) {
            return Outcome.refused(
                    "certificate-refused",
                    "our policy wants a certificate, and theirs proves nothing to us (RFC 6120 13.7)");
        }
        Verdict verdict = Verdict.of(cell.peer(), Direction.OUT, cell.ourCertificate());
        return cell.peer().isProsody() ? prosodyTakes(cell, verdict) : ejabberdTakes(cell, verdict);
    }

    private static Outcome prosodyTakes(Cell cell, Verdict verdict) {
        boolean believed = verdict == Verdict.BELIEVED;
        if (cell.peer().demandsCertificate() && !believed) {
            return Outcome.refused(
                    "remote-stream-error/not-authorized",
                    "Prosody with s2s_secure_auth refuses our certificate by a stream error");
        } else if (believed
                && cell.peer().proof() != Proof.DIALBACK
                && cell.ours().proof() != Proof.DIALBACK) {
            return Outcome.delivered(Way.EXTERNAL, "Prosody believes our certificate and offers EXTERNAL (XEP-0178)");
        }
        String why = cell.ours().proof() == Proof.DIALBACK
                ? "our policy is dialback alone"
                : believed ? "Prosody does not do EXTERNAL" : "Prosody does not offer EXTERNAL for our certificate";
        return byDialback(cell, why);
    }

    private static Outcome ejabberdTakes(Cell cell, Verdict verdict) {
        if (cell.ours().proof() == Proof.DIALBACK) {
            return byDialback(cell, "our policy is dialback alone");
        } else if (cell.peer().proof() == Proof.DIALBACK) {
            return byDialback(cell, "ejabberd that trusts no authority offers EXTERNAL and refuses it");
        } else if (verdict == Verdict.CRASH) {
            return Outcome.refused(
                    "closed-by-remote",
                    "ejabberd 23.01 dies over id-on-xmppAddr after `<auth/>` (PEER-BEHAVIOUR, point 4)");
        } else if (verdict == Verdict.BELIEVED) {
            return Outcome.delivered(Way.EXTERNAL, "ejabberd believes our certificate (XEP-0178)");
        }
        return byDialback(cell, "ejabberd refuses EXTERNAL with our certificate");
    }

    /**
     * We prove ourselves by dialback, over TLS. The peer's question about our key always reaches us: ejabberd asks whatever
     * comes of authentication, and Prosody, which asks on its ordinary stream when that is authenticated, gets that far
     * wherever we got so far with it.
     */
    private static Outcome byDialback(Cell cell, String why) {
        if (!cell.peer().dialback()) {
            return cell.peer().isProsody()
                    ? Outcome.refused("authentication-failed", why + ", and the peer does not offer dialback")
                    : Outcome.refused(
                            "remote-stream-error/not-authorized",
                            why + ", and ejabberd declares dialback where it has none, and minds when it is used");
        }
        return Outcome.delivered(Way.DIALBACK, why + ", dialback does (XEP-0220)");
    }

    private static Outcome inPlaintext(Cell cell) {
        if (cell.ours().tls() == Encryption.REQUIRED) {
            return cell.peer().isProsody()
                    ? Outcome.refused(
                            "remote-stream-error/unsupported-stanza-type",
                            "we ask for TLS though it is not offered (RFC 7590 3.1), which is more than Prosody without it knows")
                    : Outcome.refused(
                            "tls-failed", "we ask for TLS though it is not offered (RFC 7590 3.1), and are refused");
        } else if (cell.ours().proof() == Proof.CERTIFICATE) {
            return Outcome.refused(
                    "certificate-refused", "our policy wants a certificate, and without TLS there is none");
        } else if (!cell.peer().dialback()) {
            return Outcome.refused(
                    "authentication-failed", "without TLS there is dialback alone, and the peer has none");
        }
        return Outcome.delivered(Way.PLAINTEXT, "our policy allows plaintext, where dialback is what there is");
    }

    private static Outcome theyConnect(Cell cell) {
        PeerPolicy peer = cell.peer();
        if (!peer.hasTls()) {
            return theirPlaintext(cell);
        } else if (peer.demandsCertificate()
                && (peer.proof() == Proof.DIALBACK
                        || Verdict.of(peer, Direction.IN, cell.ourCertificate()) != Verdict.BELIEVED)) {
            return Outcome.refused(
                    "they refuse ours", "the peer demands a certificate of us and does not believe ours");
        }
        boolean proved =
                cell.ours().proof() != Proof.DIALBACK && Verdict.ours(cell.peerCertificate()) == Verdict.BELIEVED;
        if (proved && peer.usesExternal()) {
            return Outcome.delivered(Way.EXTERNAL, "their certificate proves them, so we offer EXTERNAL (XEP-0178)");
        } else if (!peer.dialback()) {
            return Outcome.refused(
                    "they give up",
                    proved
                            ? "the peer does neither EXTERNAL nor dialback"
                            : "we do not offer EXTERNAL for what they have, and the peer has no dialback");
        } else if (proved) {
            return Outcome.delivered(
                    Way.DIALBACK,
                    "they ask by dialback, and their certificate answers without dialling back (XEP-0344)");
        } else if (cell.ours().proof() == Proof.CERTIFICATE) {
            return Outcome.refused(
                    "db:result not-authorized",
                    "our policy wants a certificate, and theirs proves nothing to us (XEP-0220 2.4)");
        }
        return weCanAsk(cell)
                ? Outcome.delivered(Way.DIALBACK, "no certificate counts here, dialback does (XEP-0220)")
                : Outcome.refused(
                        "db:result remote-server-timeout", "our question about their key cannot reach them with TLS");
    }

    /** Our question goes out under the same policy about TLS; nobody has to be authenticated for it. */
    private static boolean weCanAsk(Cell cell) {
        boolean theyCanTls = cell.peer().hasTls() && cell.peerCertificate() != CertificateKind.NONE;
        return theyCanTls || cell.ours().tls() == Encryption.OPTIONAL;
    }

    private static Outcome theirPlaintext(Cell cell) {
        if (!cell.peer().dialback()) {
            return Outcome.refused("they give up", "without TLS there is dialback alone, and the peer has none");
        } else if (cell.ours().tls() == Encryption.REQUIRED) {
            return cell.peer().isProsody()
                    ? Outcome.refused("db:result policy-violation", "our policy wants TLS first (XEP-0220 2.4)")
                    : Outcome.refused(
                            "they give up", "our policy wants TLS first, which ejabberd takes us at our word for");
        } else if (cell.ours().proof() == Proof.CERTIFICATE) {
            return Outcome.refused(
                    "db:result not-authorized", "our policy wants a certificate, and without TLS there is none");
        }
        return Outcome.delivered(Way.PLAINTEXT, "our policy allows plaintext, where dialback is what there is");
    }
}
