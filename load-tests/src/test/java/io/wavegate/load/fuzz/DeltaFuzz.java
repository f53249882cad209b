package io.wavegate.load.fuzz;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.authority.OperationChecks;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.ot.TransformException;
import io.wavegate.wavelet.ot.WaveletOperationTransformer;
import io.wavegate.wavelet.state.WaveletState;

/**
 * Deltas in protobuf: read or refused; what is read is written and read as the same; and what is well-formed is applied to an
 * empty wavelet, and transformed against itself, or refused.
 */
public final class DeltaFuzz {
    private static final CodecLimits LIMITS = CodecLimits.DEFAULTS;
    private static final WaveletState EMPTY =
            WaveletState.empty(new WaveletName("a.test", "w+1", "a.test", "conv+root"));

    private DeltaFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        ByteString bytes = ByteString.copyFrom(input);
        SignedDeltaCodec.decode(bytes, LIMITS);
        if (AppliedDeltaCodec.decode(bytes, LIMITS) instanceof Answer.Ok<ReceivedDelta> ok) {
            use(ok.value().original());
        }
        if (DeltaCodec.decode(bytes, LIMITS) instanceof Answer.Ok<WaveletDelta> ok) {
            use(ok.value());
            ByteString written = DeltaCodec.encode(ok.value());
            if (!DeltaCodec.decode(written, CodecLimits.NONE).equals(ok)) {
                throw new IllegalStateException("written and read again it is another delta: " + ok.value());
            }
        }
    }

    private static void use(WaveletDelta delta) {
        if (OperationChecks.illFormed(delta.operations()).isPresent()) {
            return;
        }
        EMPTY.apply(delta.operations());
        if (delta.operations().size() == 1) {
            WaveletOperation operation = delta.operations().get(0);
            try {
                WaveletOperationTransformer.transform(operation, delta.author(), operation, delta.author());
            } catch (TransformException e) {
                // Refused, as it may be.
                return;
            }
        }
    }
}
