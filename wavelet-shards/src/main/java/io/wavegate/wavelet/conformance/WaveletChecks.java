package io.wavegate.wavelet.conformance;

import java.util.List;

/** The checks of everything that this module computes. */
public final class WaveletChecks {
    private WaveletChecks() {}

    /** One for each vector file about names, bytes, operations, signatures and sessions. */
    public static List<VectorCheck> all() {
        return List.of(
                new WaveletNamesCheck(),
                new ParticipantsCheck(),
                new HashChainCheck(),
                new DeltaBytesCheck(),
                new SigningCheck(),
                new InvalidOpsCheck(),
                new ComposeCheck(),
                new TransformCheck(),
                new EndToEndCheck());
    }
}
