package io.wavegate.wavelet.conformance;

import org.junit.jupiter.api.Test;

class WireVectorsTest {
    @Test
    void deltasAreTheReferencesBytes() {
        Vectors.assertAllPass(new DeltaBytesCheck());
    }

    @Test
    void historyHashesAreTheReferences() {
        Vectors.assertAllPass(new HashChainCheck());
    }

    @Test
    void signersAndSignaturesAreJudgedAsTheReferenceDoes() {
        Vectors.assertAllPass(new SigningCheck());
    }
}
