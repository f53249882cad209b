package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Refusal;

/** What a delta's signatures show. */
public sealed interface DeltaVerdict {
    /** Every domain that should have signed has. */
    record Verified() implements DeltaVerdict {
        public static final Verified INSTANCE = new Verified();
    }

    /** They do not hold; asking for certificates does not help. */
    record Refused(Refusal refusal) implements DeltaVerdict {}

    /** Not decided: a signature names a signer whose certificates are not at hand. */
    record UnknownSigner(ByteString signerId) implements DeltaVerdict {}
}
