package io.wavegate.wavelet.conformance;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.codec.SignerInfoCodec;
import io.wavegate.wavelet.trust.CertificateChain;
import io.wavegate.wavelet.trust.Certificates;
import io.wavegate.wavelet.trust.DeltaVerifier;
import io.wavegate.wavelet.trust.SignerId;
import io.wavegate.wavelet.trust.TrustPolicy;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signers that a server of a case knows, validated at the time of the recording. */
final class VectorSigners implements DeltaVerifier.Signers {
    private final TrustPolicy policy;
    private final long atMillis;
    private final Map<ByteString, Answer<TrustedSigner>> known = new HashMap<>();

    private VectorSigners(TrustPolicy policy, long atMillis) {
        this.policy = policy;
        this.atMillis = atMillis;
    }

    static VectorSigners of(List<ByteString> roots, Instant at) throws GeneralSecurityException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (ByteString root : roots) {
            anchors.add(Certificates.parse(root));
        }
        return new VectorSigners(TrustPolicy.of(anchors), at.toEpochMilli());
    }

    long atMillis() {
        return atMillis;
    }

    /** Takes in a ProtocolSignerInfo. */
    Answer<TrustedSigner> add(ByteString signerInfo) {
        return SignerInfoCodec.decode(signerInfo) instanceof Answer.Ok<SignerInfo> ok
                ? post(ok.value())
                : new Answer.No<>(((Answer.No<SignerInfo>) SignerInfoCodec.decode(signerInfo)).refusal());
    }

    Answer<TrustedSigner> post(SignerInfo signer) {
        Answer<TrustedSigner> verdict = CertificateChain.validate(signer, policy, atMillis);
        known.put(SignerId.of(signer), verdict);
        return verdict;
    }

    /** The id of a ProtocolSignerInfo. */
    static ByteString idOf(ByteString signerInfo) {
        return SignerId.of(((Answer.Ok<SignerInfo>) SignerInfoCodec.decode(signerInfo)).value());
    }

    @Override
    public Optional<Answer<TrustedSigner>> find(ByteString signerId) {
        return Optional.ofNullable(known.get(signerId));
    }
}
