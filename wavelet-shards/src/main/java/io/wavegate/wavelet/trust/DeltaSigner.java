package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.SignedDelta;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;

/**
 * Signs deltas of our users with a domain's key. One signature costs far more of a core than
 * anything else that a delta needs: sign off the wavelet's thread. Safe for use by many threads.
 */
public final class DeltaSigner {
    private final SignerInfo info;
    private final ByteString id;
    private final PrivateKey key;

    /**
     * A signer of a domain.
     *
     * @param info its chain
     * @param key the RSA key of the chain's first certificate
     * @throws GeneralSecurityException if the key cannot sign, or is not the certificate's
     */
    public DeltaSigner(SignerInfo info, PrivateKey key) throws GeneralSecurityException {
        this.info = info;
        this.id = SignerId.of(info);
        this.key = RsaSignatures.prepared(key);
        ByteString probe = ByteString.copyFromUtf8(info.domain());
        Signature verification = RsaSignatures.create();
        verification.initVerify(Certificates.parse(info.certificates().get(0)));
        verification.update(probe.asReadOnlyByteBuffer());
        if (!verification.verify(signature(probe).toByteArray())) {
            throw new GeneralSecurityException("the private key is not that of the first certificate of "
                    + info.domain() + ": give the key and the certificate that was made for it");
        }
    }

    /** The chain that goes with the signatures. */
    public SignerInfo info() {
        return info;
    }

    /** The id in the signatures. */
    public ByteString id() {
        return id;
    }

    /** Signs a payload, a ProtocolWaveletDelta. */
    public SignedDelta sign(ByteString payload) {
        try {
            return SignedDeltaCodec.of(payload, List.of(new SignedDelta.Signature(signature(payload), id)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + info.domain() + " signed before and does not now", e);
        }
    }

    private ByteString signature(ByteString payload) throws GeneralSecurityException {
        Signature signing = RsaSignatures.create();
        signing.initSign(key);
        signing.update(payload.asReadOnlyByteBuffer());
        return ByteString.copyFrom(signing.sign());
    }
}
