package io.wavegate.node.wiring;

import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.DomainChecks;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.probe.DomainCheck;
import io.wavegate.s2s.probe.ExpectedAnswers;
import io.wavegate.s2s.probe.SelfCheck;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.vouch.KnownVouchers;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.TrustAnchor;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks over an edge: a node's own, or one that a command opened for the purpose. */
final class NodeChecks implements DomainChecks {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final DomainCheck others;
    private final SelfCheck own;

    /**
     * @param certificates those shown now
     * @param anchors those trusted now
     * @param answers is shown what the edge receives
     * @param vouchers who vouched for a domain on earlier streams
     * @param listening where streams are accepted by STARTTLS, whether by this edge or not
     * @param directTls where they are accepted by direct TLS
     */
    NodeChecks(
            NodeSettings settings,
            Supplier<DomainCertificates> certificates,
            Supplier<Set<TrustAnchor>> anchors,
            Resolutions resolutions,
            NettyStreams edge,
            ExpectedAnswers answers,
            Function<String, CompletionStage<KnownVouchers>> vouchers,
            List<InetSocketAddress> listening,
            List<InetSocketAddress> directTls) {
        InstantSource clock = InstantSource.system();
        OwnIdentities identities =
                new OwnIdentities(certificates, settings.identities().signers(), anchors, clock);
        this.others = new DomainCheck(
                resolutions,
                edge.probes(),
                settings.streams().policies(),
                edge,
                answers,
                NodeChecks::id,
                identities::signer,
                vouchers,
                clock);
        this.own = new SelfCheck(
                resolutions, edge.probes(), settings.streams().policies(), identities::of, listening, directTls, clock);
    }

    private static String id() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return "check-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public CompletionStage<CheckReport> check(String local, String remote) {
        return others.run(new DomainPair(local, remote));
    }

    @Override
    public CompletionStage<CheckReport> checkSelf(String local) {
        return own.run(local);
    }
}
