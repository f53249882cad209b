package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.AUTHORITY;
import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static io.wavegate.s2s.netty.LoopbackGateway.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.tls.KeyFingerprint;
import io.wavegate.s2s.vouch.Voucher;
import org.junit.jupiter.api.Test;

/** Both ends of a stream learn who vouches for the other, whether that authenticated it or not. */
class VouchersOnLoopbackTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";

    @Test
    void anAuthorityOnOneSideAndABareKeyOnTheOther() {
        LabCertificate selfSigned = LabCertificate.request(BEE).dns(BEE).selfSigned();
        Network network = new Network();
        try (LoopbackGateway ada = new LoopbackGateway(network, ADA, good(ADA), settings(StreamPolicy.DEFAULT));
                LoopbackGateway bee = new LoopbackGateway(network, BEE, selfSigned, settings(StreamPolicy.DEFAULT))) {
            ada.open(BEE);
            await().untilAsserted(() -> {
                assertThat(bee.vouchers).containsOnlyKeys(ADA);
                assertThat(ada.vouchers).containsOnlyKeys(BEE);
            });
            assertThat(bee.vouchers.get(ADA))
                    .isEqualTo(new Voucher(
                            Voucher.Kind.AUTHORITY,
                            AUTHORITY.leaf().getSubjectX500Principal().getName(),
                            KeyFingerprint.of(AUTHORITY.leaf().getPublicKey())));
            assertThat(ada.vouchers.get(BEE))
                    .isEqualTo(new Voucher(
                            Voucher.Kind.KEY,
                            "CN=" + BEE,
                            KeyFingerprint.of(selfSigned.leaf().getPublicKey())));
        }
    }
}
