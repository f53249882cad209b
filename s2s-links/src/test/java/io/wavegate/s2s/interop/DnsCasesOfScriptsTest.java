package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With the scripts of {@code ../shared/peers}: another DNS server, and the ports that the world uses. */
class DnsCasesOfScriptsTest extends DnsCases {
    @Override
    CasesLab start(Path folder) throws IOException {
        return new ScriptCasesLab(folder);
    }

    @Test
    void withoutSrvTheAddressIsReachedAtPort5269() throws IOException {
        reached("no-srv");
    }

    /** It is guessed and reached; but the lab has no certificate for a component whose host it does not serve. */
    @Test
    void theGuessIsMadeWithoutAnyServerForTheDomainItself() throws Exception {
        assertThat(update("guess-only.example").toString())
                .contains("certificate-refused", "not wave.guess-only.example; its operator has to obtain one");
    }
}
