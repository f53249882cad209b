package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.CertificateKind;

/** What a certificate is worth to each of the three who judge one. */
enum Verdict {
    BELIEVED,
    REFUSED,
    /** ejabberd 23.01 dies reading id-on-xmppAddr (PEER-BEHAVIOUR, point 4). */
    CRASH;

    /**
     * To us, in either role: path, time, purpose serverAuth, and the domain as dNSName, SRVName or id-on-xmppAddr, never as
     * common name (RFC 6120 section 13.7, RFC 9525, spec 7).
     */
    static Verdict ours(CertificateKind kind) {
        return switch (kind) {
            case GOOD, SERVERONLY, XMPPADDR, XMPPADDRONLY, SRVNAMEONLY, WILDCARD -> BELIEVED;
            case EXPIRED, NOTYET, WRONGNAME, SELFSIGNED, UNKNOWNCA, CLIENTONLY, CNONLY, NOCHAIN, NONE -> REFUSED;
        };
    }

    /** To Prosody 0.12.3, in either role (PEER-BEHAVIOUR, "Certificates"). */
    static Verdict prosodys(CertificateKind kind) {
        return switch (kind) {
            case GOOD, SERVERONLY, XMPPADDR, SRVNAMEONLY, WILDCARD, CNONLY -> BELIEVED;
            case EXPIRED, NOTYET, WRONGNAME, SELFSIGNED, UNKNOWNCA, CLIENTONLY, XMPPADDRONLY, NOCHAIN, NONE -> REFUSED;
        };
    }

    /** To ejabberd 23.01, of the one who connects to it: OpenSSL demands clientAuth there. */
    static Verdict ejabberdsOfInitiator(CertificateKind kind) {
        return switch (kind) {
            case GOOD, CLIENTONLY, WILDCARD, CNONLY -> BELIEVED;
            case XMPPADDR, XMPPADDRONLY -> CRASH;
            case EXPIRED, NOTYET, WRONGNAME, SELFSIGNED, UNKNOWNCA, SERVERONLY, SRVNAMEONLY, NOCHAIN, NONE -> REFUSED;
        };
    }

    /** To ejabberd 23.01, of the one to whom it connects. */
    static Verdict ejabberdsOfReceiver(CertificateKind kind) {
        return switch (kind) {
            case GOOD, SERVERONLY, WILDCARD, CNONLY -> BELIEVED;
            case XMPPADDR, XMPPADDRONLY -> CRASH;
            case EXPIRED, NOTYET, WRONGNAME, SELFSIGNED, UNKNOWNCA, CLIENTONLY, SRVNAMEONLY, NOCHAIN, NONE -> REFUSED;
        };
    }

    /** To a peer, of ours. */
    static Verdict of(PeerPolicy peer, Cell.Direction direction, CertificateKind ours) {
        if (peer.isProsody()) {
            return prosodys(ours);
        }
        return direction == Cell.Direction.OUT ? ejabberdsOfInitiator(ours) : ejabberdsOfReceiver(ours);
    }
}
