package io.wavegate.node.wiring;

import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import java.time.Clock;

/** Who we are on streams, and by what we believe who others are: the same for a running node and for a check in its place. */
final class StreamIdentities {
    private StreamIdentities() {}

    static TlsIdentities of(NodeSettings settings, Clock clock) {
        return new TlsIdentities(
                ComponentNames.served(
                        settings.components(), settings.identities().names()),
                settings.identities().certificates(),
                new PeerCertificateJudge(settings.anchors()),
                settings.tls(),
                clock);
    }
}
