package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.tls.DomainCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

/** A certificate of ours is replaced while streams are up. */
class RenewedCertificateTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";

    @Test
    void newConnectionsSeeTheNewOneAndStreamsThatAreUpGoOn() throws IOException, GeneralSecurityException {
        Network network = new Network();
        LabCertificate first = good(ADA);
        LabCertificate renewed = good(ADA);
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, first, StreamPolicy.DEFAULT);
                RawPeer before = connect(network)) {
            assertThat(serial(before)).isEqualTo(first.leaf().getSerialNumber());
            ada.identities.replace(ADA, new DomainCertificate(renewed.chain(), renewed.key()));
            try (RawPeer after = connect(network)) {
                assertThat(serial(after)).isEqualTo(renewed.leaf().getSerialNumber());
            }
            before.sends("<message from='bee.example' to='ada.example'><body>still here</body></message>");
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
        }
    }

    private static RawPeer connect(Network network) throws IOException, GeneralSecurityException {
        return new RawPeer(network.address(ADA)).secures(BEE, ADA, good(BEE)).authenticates(BEE, ADA);
    }

    private static BigInteger serial(RawPeer peer) throws IOException {
        return peer.certificate().getSerialNumber();
    }
}
