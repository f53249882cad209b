package io.wavegate.s2s.matrix;

import static io.wavegate.s2s.lab.CertificateKind.EXPIRED;
import static io.wavegate.s2s.lab.CertificateKind.GOOD;
import static io.wavegate.s2s.lab.CertificateKind.NONE;
import static io.wavegate.s2s.lab.CertificateKind.SELFSIGNED;

import io.wavegate.s2s.lab.CertificateKind;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.PeerPolicy.Software;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The cells: every policy of ours with every one of a peer's, every kind of certificate on either side, both ways. */
final class Product {
    private static final List<CertificateKind> SOME = List.of(GOOD, SELFSIGNED, NONE);

    /** The certificates of the two sides in one cell. */
    record Certificates(CertificateKind ours, CertificateKind theirs) {}

    private Product() {}

    static List<OurPolicy> ours() {
        List<OurPolicy> all = new ArrayList<>();
        for (Encryption tls : List.of(Encryption.REQUIRED, Encryption.OPTIONAL)) {
            for (Proof proof : Proof.values()) {
                all.add(new OurPolicy(tls, proof));
            }
        }
        return all;
    }

    /**
     * Every set-up that the two servers can have. ejabberd is left with certificates where its dialback module is off, and who
     * demands a certificate has TLS.
     */
    static List<PeerPolicy> peers() {
        List<PeerPolicy> all = new ArrayList<>();
        for (Encryption tls : Encryption.values()) {
            for (Proof proof : Proof.values()) {
                if (tls != Encryption.NONE || proof != Proof.CERTIFICATE) {
                    all.add(new PeerPolicy(Software.PROSODY, tls, proof, true));
                    all.add(new PeerPolicy(Software.PROSODY, tls, proof, false));
                }
            }
            all.add(new PeerPolicy(Software.EJABBERD, tls, Proof.EITHER, true));
            all.add(new PeerPolicy(Software.EJABBERD, tls, Proof.DIALBACK, true));
            if (tls != Encryption.NONE) {
                all.add(new PeerPolicy(Software.EJABBERD, tls, Proof.CERTIFICATE, false));
            }
        }
        return all;
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (PeerPolicy peer : peers()) {
            for (OurPolicy ours : ours()) {
                for (Direction direction : Direction.values()) {
                    for (Certificates pair : certificates(peer, ours, direction)) {
                        cells.add(new Cell(direction, ours, pair.ours(), peer, pair.theirs()));
                    }
                }
            }
        }
        return cells;
    }

    /**
     * Each kind on one side with a good one on the other, as neither side's judgement depends on its own certificate; and both
     * bad. Where both have TLS it comes about, whatever either thinks of plaintext, so a sample does where one does not require
     * it; without TLS no certificate is seen. A server without a certificate has no TLS, which is a peer's set-up of its own.
     */
    static List<Certificates> certificates(PeerPolicy peer, OurPolicy ours, Direction direction) {
        if (!peer.hasTls()) {
            return List.of(new Certificates(GOOD, GOOD));
        }
        boolean required = peer.tls() == Encryption.REQUIRED && ours.tls() == Encryption.REQUIRED;
        List<CertificateKind> kinds = required ? Arrays.asList(CertificateKind.values()) : SOME;
        List<Certificates> pairs = new ArrayList<>();
        kinds.forEach(kind -> pairs.add(new Certificates(kind, GOOD)));
        kinds.stream()
                .filter(kind -> kind != GOOD && (kind != NONE || direction == Direction.IN))
                .forEach(kind -> pairs.add(new Certificates(GOOD, kind)));
        pairs.add(new Certificates(SELFSIGNED, EXPIRED));
        return pairs;
    }
}
