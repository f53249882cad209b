package io.wavegate.wavelet.api;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * A domain's certificate chain as signer (spec section 4, ProtocolSignerInfo). Only claimed until verified.
 *
 * @param hashAlgorithm how the signer id is computed
 * @param domain the domain it claims to be of
 * @param certificates DER, signer first
 */
public record SignerInfo(HashAlgorithm hashAlgorithm, String domain, List<ByteString> certificates) {
    public SignerInfo {
        certificates = List.copyOf(certificates);
    }

    /** Hash algorithms of signer ids. */
    public enum HashAlgorithm {
        SHA256,
        SHA512
    }
}
