package io.wavegate.s2s.tls;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** Which keys are strong enough to prove a domain (RFC 9325 section 4.5). */
final class KeyStrength {
    private static final int MINIMUM_RSA_BITS = 2048;
    private static final int MINIMUM_EC_BITS = 256;

    private KeyStrength() {}

    /** @return what is wrong with the key, as an object of "has"; empty if nothing */
    static Optional<String> weakness(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return below("RSA", rsa.getModulus().bitLength(), MINIMUM_RSA_BITS);
        }
        if (key instanceof ECPublicKey ec) {
            return below("EC", ec.getParams().getOrder().bitLength(), MINIMUM_EC_BITS);
        }
        return key instanceof EdECPublicKey
                ? Optional.empty()
                : Optional.of("a key of kind " + key.getAlgorithm() + " where RSA, EC or EdDSA is needed");
    }

    private static Optional<String> below(String kind, int bits, int minimum) {
        return bits < minimum
                ? Optional.of("a weak key (" + kind + " with " + bits + " bits, at least " + minimum + " are needed)")
                : Optional.empty();
    }
}
