package io.wavegate.node.wiring;

import io.wavegate.node.config.FindingException;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.dns.DnsResolver;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.probe.ExpectedAnswers;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.vouch.KnownVouchers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Checks without a running gateway: opens the edge that it would open, listeners included, because answers come on streams
 * that the other domain opens.
 */
public final class LocalChecks implements AutoCloseable {
    private final NodeSettings settings;
    private final ExecutorService dns;
    private final NettyStreams edge;
    private final String remark;
    private final NodeChecks checks;

    private LocalChecks(NodeSettings settings) {
        this.settings = settings;
        this.dns = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "wavegate-dns");
            thread.setDaemon(true);
            return thread;
        });
        DnsResolver resolver = DnsResolver.over(settings.resolve(), dns, Clock.systemUTC());
        ExpectedAnswers answers = new ExpectedAnswers();
        StanzaReceiver receiver = (pair, stanzas) -> {
            stanzas.forEach(answers::take);
            return CompletableFuture.completedFuture(null);
        };
        TlsIdentities identities = StreamIdentities.of(settings, Clock.systemUTC());
        NettyStreams opened;
        String said = "";
        try {
            opened = NettyStreams.start(settings.streams(), identities, resolver, receiver);
        } catch (IllegalStateException e) {
            said = "It cannot take answers, since it " + e.getMessage() + ".";
            opened = NettyStreams.withoutListeners(settings.streams(), identities, resolver, receiver);
        }
        this.edge = opened;
        this.remark = said;
        StreamsSettings streams = settings.streams();
        this.checks = new NodeChecks(
                settings,
                identities::certificates,
                settings::anchors,
                resolver,
                edge,
                answers,
                // What is remembered belongs to the gateway's store, which one process opens.
                domain -> CompletableFuture.completedFuture(KnownVouchers.NONE),
                streams.listen(),
                streams.listenDirectTls());
    }

    /** Opens the edge. */
    public static LocalChecks open(NodeSettings settings) {
        return new LocalChecks(settings);
    }

    /** What an operator has to know about how it is done; may be empty. */
    public String remark() {
        return remark;
    }

    /**
     * Another domain.
     *
     * @param local our domain in whose name it is asked; by default the first
     */
    public CheckReport other(Optional<String> local, String remote) throws FindingException {
        List<String> names = settings.identities().names();
        String ours = local.isPresent() ? own(local.get()) : names.get(0);
        String domain = Domain.parse(remote).orElseThrow().value();
        return (names.contains(domain) ? checks.checkSelf(domain) : checks.check(ours, domain))
                .toCompletableFuture()
                .join();
    }

    /** Our domains, or one of them. */
    public List<CheckReport> self(Optional<String> local) throws FindingException {
        List<String> names = local.isPresent()
                ? List.of(own(local.get()))
                : settings.identities().names();
        List<CheckReport> reports = new ArrayList<>();
        names.forEach(
                name -> reports.add(checks.checkSelf(name).toCompletableFuture().join()));
        return reports;
    }

    private String own(String name) throws FindingException {
        if (!settings.identities().names().contains(name)) {
            throw new FindingException(
                    "--as " + name,
                    "is none of our domains",
                    "Name one of " + String.join(", ", settings.identities().names()));
        }
        return name;
    }

    @Override
    public void close() {
        edge.close();
        dns.shutdownNow();
    }
}
