package io.wavegate.node.wiring;

import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.check.DomainChecks;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.tls.CertificateWatch;
import io.wavegate.s2s.tls.TlsIdentities;

/**
 * The parts of a node's federation that others need.
 *
 * @param certificates ours, watched
 * @param identities what is shown now
 * @param authorities that vouch for others now
 * @param edge the streams
 */
record Federation(
        CertificateWatch certificates, TlsIdentities identities, TrustedAuthorities authorities, NettyStreams edge) {
    DomainChecks checks(NodeSettings settings, Resolutions resolutions, S2sLinks links) {
        return new NodeChecks(
                settings,
                identities::certificates,
                authorities::anchors,
                resolutions,
                edge,
                links.expectedAnswers(),
                links::vouchers,
                edge.addresses(),
                edge.directTlsAddresses());
    }
}
