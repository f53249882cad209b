package io.wavegate.load.fuzz;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.codec.SignerInfoCodec;
import io.wavegate.wavelet.trust.CertificateChain;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.util.List;
import java.util.Set;

/** Certificates of signers: nobody is trusted here, and none makes more of a stir than a refusal. */
public final class SignerFuzz {
    private static final TrustPolicy NOBODY = TrustPolicy.ofAnchors(Set.of());

    private SignerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        ByteString bytes = ByteString.copyFrom(input);
        refused(new SignerInfo(SignerInfo.HashAlgorithm.SHA256, "b.test", List.of(bytes)));
        if (SignerInfoCodec.decode(bytes) instanceof Answer.Ok<SignerInfo> ok) {
            refused(ok.value());
        }
    }

    private static void refused(SignerInfo signer) {
        if (CertificateChain.validate(signer, NOBODY, 0) instanceof Answer.Ok<?>) {
            throw new IllegalStateException("trusted without an anchor: " + signer);
        }
    }
}
