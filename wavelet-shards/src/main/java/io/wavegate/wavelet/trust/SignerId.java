package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.SignerInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The id by which signatures name their signer: a hash over the whole given chain, so that adding or leaving out the root
 * makes another id (spec section 6).
 */
public final class SignerId {
    private SignerId() {}

    /** The id of a chain with the algorithm that its signer info names. */
    public static ByteString of(SignerInfo signer) {
        MessageDigest digest = digest(
                switch (signer.hashAlgorithm()) {
                    case SHA256 -> "SHA-256";
                    case SHA512 -> "SHA-512";
                });
        digest.update(pkiPath(signer.certificates()).asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    /**
     * The DER PkiPath of a chain: a SEQUENCE of the certificates, issuer-most first (X.509 §9, RFC 6066 §10.1).
     *
     * @param certificates DER, signer first
     */
    public static ByteString pkiPath(List<ByteString> certificates) {
        ByteString content = ByteString.EMPTY;
        for (ByteString certificate : certificates) {
            content = certificate.concat(content);
        }
        return header(content.size()).concat(content);
    }

    private static ByteString header(int length) {
        ByteString.Output header = ByteString.newOutput(6);
        header.write(0x30);
        if (length < 0x80) {
            header.write(length);
        } else {
            int bytes = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
            header.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                header.write(length >>> shift);
            }
        }
        return header.toByteString();
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
