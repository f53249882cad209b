package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.s2s.lab.Peers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In the project's own lab. */
class DnsCasesTest extends DnsCases {
    @Override
    CasesLab start(Path folder) throws IOException {
        Peers.need("prosody", "prosody");
        return new JavaCasesLab(folder);
    }

    /** Port 5269 may be somebody's here, so nobody is put there: what counts is that it is tried, and where. */
    @Test
    void withoutSrvTheAddressIsTriedAtPort5269() {
        assertThatThrownBy(() -> open("no-srv.example")).hasMessageContaining("127.0.0.99 port 5269: ");
    }

    @Test
    void theGuessWorksWithoutAnyServerForTheDomainItself() throws Exception {
        theWaveServiceIsFound("guess-only.example", "wave.guess-only.example");
    }
}
