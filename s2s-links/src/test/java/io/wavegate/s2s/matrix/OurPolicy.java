package io.wavegate.s2s.matrix;

/** What our configuration says about a remote domain. */
record OurPolicy(Encryption tls, Proof proof) {
    OurPolicy {
        if (tls == Encryption.NONE) {
            throw new IllegalArgumentException("there is no setting that switches TLS off");
        }
    }

    /** What the reference configuration says about all domains. */
    static final OurPolicy DEFAULT = new OurPolicy(Encryption.REQUIRED, Proof.EITHER);

    /** In the words of the configuration. */
    String setting() {
        return "tls = " + (tls == Encryption.REQUIRED ? "required" : "plaintext-allowed") + ", authentication = "
                + switch (proof) {
                    case CERTIFICATE -> "certificate";
                    case EITHER -> "certificate-or-dialback";
                    case DIALBACK -> "dialback";
                };
    }

    String label() {
        return (tls == Encryption.REQUIRED ? "TLS" : "TLS or plaintext") + ", "
                + switch (proof) {
                    case CERTIFICATE -> "certificate";
                    case EITHER -> "certificate or dialback";
                    case DIALBACK -> "dialback";
                };
    }
}
