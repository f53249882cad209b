package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.CertificateKind;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.PeerPolicy.Software;
import io.wavegate.s2s.matrix.Product.Certificates;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The cells that are played with the real servers: every one in which the server's own judgement or manners decide. Where it
 * has TLS that is each kind of certificate under each of our ways to want a domain proved; whether we would allow plaintext
 * changes nothing then. Without TLS it is our policy alone. That a server has TLS "optional" shows only where we have none,
 * which no setting of ours makes so. Left out are peers that could not work with anybody: Prosody with neither EXTERNAL nor
 * dialback.
 */
final class RealProduct {
    /**
     * ejabberd picks its certificates by the dNSNames in them, so others cannot be given to one of many domains; and one with
     * id-on-xmppAddr it cannot load.
     */
    private static final Set<CertificateKind> NOT_EJABBERDS = EnumSet.of(
            CertificateKind.WRONGNAME,
            CertificateKind.CNONLY,
            CertificateKind.XMPPADDR,
            CertificateKind.XMPPADDRONLY,
            CertificateKind.SRVNAMEONLY,
            CertificateKind.WILDCARD);

    private RealProduct() {}

    static List<PeerPolicy> peers(Software software) {
        boolean prosody = software == Software.PROSODY;
        List<PeerPolicy> peers = new ArrayList<>();
        peers.add(new PeerPolicy(software, Encryption.REQUIRED, Proof.CERTIFICATE, false));
        if (prosody) {
            peers.add(new PeerPolicy(software, Encryption.REQUIRED, Proof.CERTIFICATE, true));
        }
        peers.add(new PeerPolicy(software, Encryption.REQUIRED, Proof.EITHER, true));
        peers.add(new PeerPolicy(software, Encryption.REQUIRED, Proof.DIALBACK, true));
        peers.add(new PeerPolicy(software, Encryption.NONE, Proof.EITHER, true));
        return peers;
    }

    static List<Cell> cells(Software software) {
        List<Cell> cells = new ArrayList<>();
        for (PeerPolicy peer : peers(software)) {
            for (OurPolicy ours : Product.ours()) {
                if (peer.hasTls() && ours.tls() != Encryption.REQUIRED) {
                    continue;
                }
                for (Direction direction : Direction.values()) {
                    for (Certificates pair : Product.certificates(peer, ours, direction)) {
                        if (canHave(software, pair.theirs())) {
                            cells.add(new Cell(direction, ours, pair.ours(), peer, pair.theirs()));
                        }
                    }
                }
            }
        }
        return cells;
    }

    private static boolean canHave(Software software, CertificateKind kind) {
        return kind != CertificateKind.NONE && (software == Software.PROSODY || !NOT_EJABBERDS.contains(kind));
    }
}
