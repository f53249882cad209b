package io.wavegate.wavelet.conformance;

import org.junit.jupiter.api.Test;

class DocOpVectorsTest {
    @Test
    void everyPairOfOperationsTransformsAsTheReferenceTransformsIt() {
        Vectors.assertAllPass(new TransformCheck());
    }

    @Test
    void operationsComposeApplyAndInvertAsInTheReference() {
        Vectors.assertAllPass(new ComposeCheck());
    }

    @Test
    void operationsAreRefusedForTheReasonThatTheReferenceGives() {
        Vectors.assertAllPass(new InvalidOpsCheck());
    }
}
