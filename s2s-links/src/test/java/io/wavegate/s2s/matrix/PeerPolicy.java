package io.wavegate.s2s.matrix;

/**
 * How a peer is set up.
 *
 * @param software whose manners it has
 * @param tls what it does about TLS
 * @param proof how it wants us proved
 * @param dialback whether it speaks dialback
 */
record PeerPolicy(Software software, Encryption tls, Proof proof, boolean dialback) {
    /** The two servers, which differ in manners. */
    enum Software {
        PROSODY("Prosody"),
        EJABBERD("ejabberd");

        private final String label;

        Software(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    boolean isProsody() {
        return software == Software.PROSODY;
    }

    boolean hasTls() {
        return tls != Encryption.NONE;
    }

    /**
     * Whether it looks at our certificate at all: Prosody with {@code s2s_secure_auth}, ejabberd without its dialback
     * module, which replaces the check (PEER-BEHAVIOUR, "SASL EXTERNAL").
     */
    boolean demandsCertificate() {
        return isProsody() ? proof == Proof.CERTIFICATE : !dialback;
    }

    /** Whether it proves itself by EXTERNAL where we offer that; ejabberd cannot help it. */
    boolean usesExternal() {
        return !isProsody() || proof != Proof.DIALBACK;
    }

    String label() {
        return software.label() + ", TLS " + tls.label() + ", " + proof.label()
                + (dialback ? ", dialback" : ", no dialback");
    }
}
