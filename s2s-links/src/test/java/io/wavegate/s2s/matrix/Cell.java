package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.CertificateKind;

/** One cell of the matrix. */
record Cell(
        Direction direction,
        OurPolicy ours,
        CertificateKind ourCertificate,
        PeerPolicy peer,
        CertificateKind peerCertificate) {
    /** Who connects to send. */
    enum Direction {
        /** We to them. */
        OUT,
        /** They to us. */
        IN
    }

    /** The same two sides, with the stream that the peer opens to us. */
    Cell turned() {
        return new Cell(
                direction == Direction.OUT ? Direction.IN : Direction.OUT, ours, ourCertificate, peer, peerCertificate);
    }

    @Override
    public String toString() {
        return direction + " we (" + ours.label() + ", " + ourCertificate.label() + ") and " + peer.label() + ", "
                + peerCertificate.label();
    }
}
