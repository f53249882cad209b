package io.wavegate.s2s.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.PeerServer.Authentication;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerLabTest {
    @TempDir
    Path folder;

    @Test
    void prosodyStarts() throws Exception {
        Peers.need("prosody", "prosody");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = Prosody.start(lab, "prosody.example", Authentication.EXTERNAL)) {
            assertThat(prosody.log()).contains("prosody");
        }
    }

    @Test
    void ejabberdStarts() throws Exception {
        Peers.need("ejabberd", "ejabberdctl", "erl");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer ejabberd = Ejabberd.start(lab, "ejabberd.example", Authentication.EXTERNAL)) {
            assertThat(ejabberd.log()).contains("ejabberd");
        }
    }
}
