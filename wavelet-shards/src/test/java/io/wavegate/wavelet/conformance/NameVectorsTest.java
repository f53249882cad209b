package io.wavegate.wavelet.conformance;

import org.junit.jupiter.api.Test;

class NameVectorsTest {
    @Test
    void waveletNamesReadAndWriteAsTheReferenceDoes() {
        Vectors.assertAllPass(new WaveletNamesCheck());
    }

    @Test
    void participantsAreNormalizedAsTheReferenceDoes() {
        Vectors.assertAllPass(new ParticipantsCheck());
    }
}
