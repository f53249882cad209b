package io.wavegate.node.token;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and verifies the bytes of tokens. */
public sealed interface TokenKey {

    TokenAlgorithm algorithm();

    /** The signature, or nothing if this key can only verify. */
    Optional<byte[]> sign(byte[] message);

    boolean verifies(byte[] message, byte[] signature);

    /** A shared secret. */
    record Secret(SecretKeySpec key) implements TokenKey {
        /** Fewer bytes could be found by trying (RFC 7518 §3.2). */
        public static final int MIN_BYTES = 32;

        /** Of raw bytes. */
        public static Secret of(byte[] secret) {
            return new Secret(new SecretKeySpec(secret, "HmacSHA256"));
        }

        @Override
        public TokenAlgorithm algorithm() {
            return TokenAlgorithm.HS256;
        }

        @Override
        public Optional<byte[]> sign(byte[] message) {
            return Optional.of(mac(message));
        }

        // MessageDigest.isEqual takes the same time wherever the first difference is.
        @Override
        public boolean verifies(byte[] message, byte[] signature) {
            return MessageDigest.isEqual(mac(message), signature);
        }

        private byte[] mac(byte[] message) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return mac.doFinal(message);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HmacSHA256", e);
            }
        }
    }

    /** An Ed25519 key, with its private half if this node may make tokens. */
    record Ed25519(PublicKey publicKey, Optional<PrivateKey> privateKey) implements TokenKey {

        @Override
        public TokenAlgorithm algorithm() {
            return TokenAlgorithm.EDDSA;
        }

        @Override
        public Optional<byte[]> sign(byte[] message) {
            return privateKey.map(key -> {
                try {
                    Signature signature = Signature.getInstance("Ed25519");
                    signature.initSign(key);
                    signature.update(message);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("the key was checked when it was read", e);
                }
            });
        }

        @Override
        public boolean verifies(byte[] message, byte[] signature) {
            try {
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(publicKey);
                verifier.update(message);
                return verifier.verify(signature);
            } catch (InvalidKeyException e) {
                throw new IllegalStateException("the key was checked when it was read", e);
            } catch (GeneralSecurityException e) {
                // A signature of the wrong length or form.
                return false;
            }
        }
    }
}
