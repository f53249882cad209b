package io.wavegate.s2s.probe;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.OwnDomain;
import io.wavegate.s2s.check.ProbeFacts;
import io.wavegate.s2s.check.ProbeTarget;
import io.wavegate.s2s.check.StreamProbes;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamPolicies;
import io.wavegate.s2s.vouch.KnownVouchers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Runs the checks of our own domains: DNS and streams as a stranger would see them. */
public final class SelfCheck {
    /** Our own names are refused as somebody else's; this one can be nobody's (RFC 2606). */
    private static final String STRANGER = "check.invalid";

    private final Resolutions resolutions;
    private final DomainProbe probe;
    private final Function<String, OwnIdentity> identities;
    private final List<InetSocketAddress> listening;
    private final List<InetSocketAddress> directTls;
    private final InstantSource clock;

    /**
     * @param identities what a domain of ours shows
     * @param listening where streams are accepted by STARTTLS
     * @param directTls where they are accepted by direct TLS
     */
    public SelfCheck(
            Resolutions resolutions,
            StreamProbes probes,
            StreamPolicies policies,
            Function<String, OwnIdentity> identities,
            List<InetSocketAddress> listening,
            List<InetSocketAddress> directTls,
            InstantSource clock) {
        this.resolutions = resolutions;
        this.probe = new DomainProbe(
                resolutions, probes, policies, own -> CompletableFuture.completedFuture(KnownVouchers.NONE));
        this.identities = identities;
        this.listening = List.copyOf(listening);
        this.directTls = List.copyOf(directTls);
        this.clock = clock;
    }

    /** See {@link io.wavegate.s2s.check.DomainChecks#checkSelf}. */
    public CompletionStage<CheckReport> run(String domain) {
        DomainPair pair = new DomainPair(STRANGER, domain);
        DomainPair wave = new DomainPair(STRANGER, "wave." + domain);
        CompletableFuture<List<ProbeFacts>> listeners =
                probe.looks(pair, listeners()).toCompletableFuture();
        CompletableFuture<Found> own = found(pair).toCompletableFuture();
        CompletableFuture<Found> guessed = found(wave).toCompletableFuture();
        return CompletableFuture.allOf(listeners, own, guessed)
                .thenApply(done -> report(domain, listeners.join(), own.join(), guessed.join()));
    }

    private record Found(ResolutionReport report, List<ProbeFacts> looks) {}

    private CompletionStage<Found> found(DomainPair pair) {
        return resolutions.report(new Domain(pair.remote())).thenCompose(report -> probe.looks(
                        pair, DomainProbe.targets(report))
                .thenApply(looks -> new Found(report, looks)));
    }

    private CheckReport report(String domain, List<ProbeFacts> listeners, Found own, Found guessed) {
        OwnIdentity identity = identities.apply(domain);
        return new OwnDomain(
                        domain,
                        identity.chain(),
                        identity.judged(),
                        identity.publicly(),
                        identity.signer(),
                        listeners,
                        ports(listening),
                        ports(directTls),
                        own.report(),
                        own.looks(),
                        guessed.report(),
                        guessed.looks(),
                        machine())
                .report(clock.instant());
    }

    private static List<Integer> ports(List<InetSocketAddress> addresses) {
        return addresses.stream().map(InetSocketAddress::getPort).distinct().toList();
    }

    private List<ProbeTarget> listeners() {
        List<ProbeTarget> targets = new ArrayList<>();
        listening.forEach(address -> targets.add(local(address, false)));
        directTls.forEach(address -> targets.add(local(address, true)));
        return targets;
    }

    private static ProbeTarget local(InetSocketAddress address, boolean direct) {
        InetAddress to =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        return new ProbeTarget("this machine", to, address.getPort(), direct);
    }

    /** Addresses of this machine that are not only for itself or its network; none behind address translation. */
    private static List<InetAddress> machine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress()
                            && !address.isSiteLocalAddress()
                            && !address.isAnyLocalAddress()
                            && (address.getAddress()[0] & 0xfe) != 0xfc)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }
}
