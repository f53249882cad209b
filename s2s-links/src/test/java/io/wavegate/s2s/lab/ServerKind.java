package io.wavegate.s2s.lab;

import io.wavegate.s2s.lab.PeerServer.Authentication;
import java.io.IOException;

/** The real servers that accept components and speak with other domains. */
public enum ServerKind {
    PROSODY {
        @Override
        public PeerServer start(PeerLab lab, String domain, Authentication authentication) throws IOException {
            Peers.need("prosody", "prosody");
            return Prosody.start(lab, domain, authentication);
        }
    },
    EJABBERD {
        @Override
        public PeerServer start(PeerLab lab, String domain, Authentication authentication) throws IOException {
            Peers.need("ejabberd", "ejabberdctl", "erl");
            return Ejabberd.start(lab, domain, authentication);
        }
    };

    /** Starts one for a domain; skips the test if it is not installed. */
    public abstract PeerServer start(PeerLab lab, String domain, Authentication authentication) throws IOException;
}
