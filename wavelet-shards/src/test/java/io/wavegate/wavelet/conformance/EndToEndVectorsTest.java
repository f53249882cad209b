package io.wavegate.wavelet.conformance;

import org.junit.jupiter.api.Test;

class EndToEndVectorsTest {
    @Test
    void hostAndReplicaDoWhatTheReferenceDid() {
        Vectors.assertAllPass(new EndToEndCheck());
    }
}
