package io.wavegate.node.token;

import java.util.Arrays;
import java.util.Optional;

/** How tokens are signed. Fixed by configuration: what a token claims of itself is compared, never followed. */
public enum TokenAlgorithm {
    /** A secret of 32 bytes or more shared by all who make or verify tokens (RFC 7518 §3.2). */
    HS256("HS256"),
    /** An Ed25519 key pair: who has the public key verifies, who has the private key makes tokens (RFC 8037 §3.1). */
    EDDSA("EdDSA");

    private final String label;

    TokenAlgorithm(String label) {
        this.label = label;
    }

    /** Its name in the token's header and in the configuration. */
    public String label() {
        return label;
    }

    /** By its name, exactly. */
    public static Optional<TokenAlgorithm> of(String label) {
        return Arrays.stream(values()).filter(a -> a.label.equals(label)).findFirst();
    }
}
