package io.wavegate.s2s.matrix;

import io.wavegate.s2s.matrix.PeerPolicy.Software;

/** Real Prosody. */
class ProsodyMatrixTest extends RealMatrix {
    ProsodyMatrixTest() {
        super(Software.PROSODY, "prosody", "prosody");
    }
}
