package io.wavegate.s2s.matrix;

import io.wavegate.s2s.matrix.PeerPolicy.Software;

/** Real ejabberd. */
class EjabberdMatrixTest extends RealMatrix {
    EjabberdMatrixTest() {
        super(Software.EJABBERD, "ejabberd", "ejabberdctl", "erl");
    }
}
