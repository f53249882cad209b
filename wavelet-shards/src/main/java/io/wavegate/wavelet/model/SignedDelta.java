package io.wavegate.wavelet.model;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * A delta as its author's domain signed it (spec section 6). Nothing about it is verified.
 *
 * @param bytes the exact ProtocolSignedDelta
 * @param payload the exact ProtocolWaveletDelta inside: what the signatures cover
 * @param signatures in order
 */
public record SignedDelta(ByteString bytes, ByteString payload, List<Signature> signatures) {
    public SignedDelta {
        signatures = List.copyOf(signatures);
    }

    /**
     * A signature, always RSA PKCS #1 v1.5 with SHA-1.
     *
     * @param bytes the signature itself
     * @param signerId the hash of the signer's certificate chain
     */
    public record Signature(ByteString bytes, ByteString signerId) {}
}
