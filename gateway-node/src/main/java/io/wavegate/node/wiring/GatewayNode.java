package io.wavegate.node.wiring;

import io.wavegate.cluster.formation.Ending;
import io.wavegate.cluster.formation.Formation;
import io.wavegate.cluster.formation.FormationException;
import io.wavegate.cluster.members.Fitness;
import io.wavegate.cluster.members.PekkoMembers;
import io.wavegate.cluster.members.Pulse;
import io.wavegate.node.BuildVersion;
import io.wavegate.node.admin.ClusterAdmin;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.http.ApiServer;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.Leaving;
import io.wavegate.node.http.NodeReads;
import io.wavegate.node.http.Router;
import io.wavegate.node.metrics.NodeMetrics;
import io.wavegate.node.session.SocketSession;
import io.wavegate.node.token.Tokens;
import io.wavegate.persistence.Journals;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.s2s.dns.DnsResolver;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.s2s.netty.NettyComponents;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.tls.CertificateAdvice;
import io.wavegate.s2s.tls.CertificateWatch;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.WatchedAnchors;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.entity.WaveletShards;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: store, cluster member, wavelets, federation, client API; started from the bottom up, stopped from the
 * top down.
 */
public final class GatewayNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayNode.class);
    private static final int DNS_THREADS = 2;
    private static final Set<String> KINDS = Set.of(WaveletShards.KIND, S2sLinks.KIND);
    private static final Duration HTTP_DEADLINE = Duration.ofSeconds(3);

    /** Ended after the actor system. */
    private final OpenedParts parts = new OpenedParts();

    /** Ended before entities are handed over: what of this node others come to. */
    private final OpenedParts faces = new OpenedParts();

    private final AtomicBoolean ready = new AtomicBoolean();
    private final Leaving leaving = new Leaving();
    private final CompletableFuture<Ending> stopped = new CompletableFuture<>();
    private List<InetSocketAddress> streamAddresses = List.of();
    private List<InetSocketAddress> componentAddresses = List.of();
    private InetSocketAddress apiAddress = new InetSocketAddress(0);

    private GatewayNode() {}

    /**
     * Starts a node.
     *
     * @throws FindingException if something that it needs cannot be had; nothing is left running then
     */
    public static GatewayNode start(NodeSettings settings) throws FindingException {
        GatewayNode node = new GatewayNode();
        try {
            node.open(settings);
            return node;
        } catch (FindingException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private void open(NodeSettings settings) throws FindingException {
        NodeMetrics metrics = parts.add(new NodeMetrics());
        TrustedAuthorities authorities = new TrustedAuthorities(settings.anchors());
        Journal journal = parts.add(journal(settings));
        ExecutorService dns = Executors.newFixedThreadPool(DNS_THREADS, GatewayNode::daemon);
        parts.add(dns::shutdownNow);
        Formation member = join(settings, journal);
        ActorSystem<Void> system = member.system();
        CompletableFuture<Wavelets> started = new CompletableFuture<>();
        S2sLinks links = faces.add(S2sLinks.start(
                system,
                settings.links(),
                new HashSet<>(settings.identities().names()),
                settings.components(),
                journal,
                started::join));
        Wavelets wavelets = WaveletShards.start(
                system,
                settings.config(),
                journal,
                settings.identities().signers(),
                authorities::policy,
                links::remoteDomains);
        started.complete(wavelets);
        metrics.watch(wavelets);
        DnsResolver resolver = DnsResolver.over(settings.resolve(), dns, Clock.systemUTC());
        Federation federation = federate(settings, links, wavelets, resolver, metrics, authorities);
        metrics.add(links.meters());
        metrics.watch(federation.certificates());
        List<Endpoint> endpoints = new ArrayList<>(ApiEndpoints.all(
                wavelets, settings.http(), new NodeReads(health(member, journal), metrics::scrape), leaving));
        endpoints.addAll(AdminEndpoints.all(
                links,
                federation.certificates(),
                federation.checks(settings, resolver, links),
                resolver,
                settings.identities().names(),
                new ClusterAdmin(
                        new PekkoMembers(system, KINDS),
                        new ShardsOfNames(settings.config()),
                        settings.identities().names(),
                        InstantSource.system()),
                settings.admin(),
                InstantSource.system()));
        serve(settings, endpoints, wavelets, metrics, system);
        ready.set(true);
        LOG.info("Ready.");
    }

    private static Journal journal(NodeSettings settings) throws FindingException {
        try {
            return Journals.open(settings.store());
        } catch (StoreUnavailableException e) {
            throw new FindingException(
                    "Store", String.valueOf(e.getMessage()), "Nothing was started; start again when that is done");
        }
    }

    private Formation join(NodeSettings settings, Journal journal) throws FindingException {
        Formation member = parts.add(member(settings, journal));
        CoordinatedShutdown.get(member.system())
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "wavegate-faces",
                        () -> CompletableFuture.supplyAsync(this::turnAway, GatewayNode::onThreadOfItsOwn));
        member.ended().thenAccept(this::ended);
        return member;
    }

    private static Formation member(NodeSettings settings, Journal journal) throws FindingException {
        try {
            return Formation.join(
                    settings.cluster(),
                    settings.config(),
                    SharedByNodes.agreement(settings),
                    BuildVersion.number(),
                    new JournalLifeSigns(journal));
        } catch (FormationException e) {
            throw new FindingException(new Finding(e.thing(), e.problem(), e.nextStep()), e.exitCode());
        }
    }

    private Federation federate(
            NodeSettings settings,
            S2sLinks links,
            Wavelets wavelets,
            DnsResolver resolver,
            NodeMetrics metrics,
            TrustedAuthorities authorities)
            throws FindingException {
        Clock clock = Clock.systemUTC();
        TlsIdentities identities = StreamIdentities.of(settings, clock);
        CertificateWatch certificates = faces.add(CertificateWatch.start(
                settings.identities().loaded(),
                watchedAnchors(settings, authorities, identities),
                new CertificateAdvice(authorities::anchors, settings.tls().certificateWarning()),
                settings.tls().certificateCheck(),
                clock,
                new CertificateRenewal(settings.identities(), identities)));
        Rehearsal.run(settings.identities().names().get(0), identities, links, wavelets);
        try {
            CompletableFuture<NettyStreams> edge = new CompletableFuture<>();
            Function<StanzaReceiver, S2sStreams> sockets = receiver -> {
                // Whoever is no edge is no address that others come to.
                StreamsSettings streams = settings.cluster().isEdge()
                        ? settings.streams()
                        : settings.streams().withoutListeners();
                edge.complete(NettyStreams.start(streams, identities, resolver, receiver));
                metrics.add(edge.join().meters());
                return edge.join();
            };
            if (settings.cluster().isEdge()) {
                links.open(sockets, receiver -> {
                    NettyComponents components =
                            NettyComponents.start(settings.components(), settings.streams(), receiver);
                    metrics.add(components.meters());
                    componentAddresses = components.addresses();
                    return components;
                });
            } else {
                links.openWithoutEdge(sockets);
            }
            streamAddresses = edge.join().addresses();
            return new Federation(certificates, identities, authorities, edge.join());
        } catch (IllegalStateException e) {
            throw new FindingException(
                    "Federation listener",
                    String.valueOf(e.getMessage()),
                    "Stop what uses the address, or change wavegate.s2s.listen (WAVEGATE_S2S_LISTEN),"
                            + " wavegate.s2s.listen-direct-tls (WAVEGATE_S2S_LISTEN_DIRECT_TLS) or"
                            + " wavegate.s2s.components.listen (WAVEGATE_S2S_COMPONENTS_LISTEN)");
        }
    }

    private static Optional<WatchedAnchors> watchedAnchors(
            NodeSettings settings, TrustedAuthorities authorities, TlsIdentities identities) {
        return settings.tls().trustAnchors().isEmpty()
                ? Optional.empty()
                : Optional.of(new WatchedAnchors(settings.tls(), anchors -> {
                    authorities.replace(anchors);
                    identities.judgeBy(new PeerCertificateJudge(anchors));
                }));
    }

    private void serve(
            NodeSettings settings,
            List<Endpoint> endpoints,
            Wavelets wavelets,
            NodeMetrics metrics,
            ActorSystem<Void> system)
            throws FindingException {
        Materializer materializer = Materializer.createMaterializer(system);
        Tokens tokens = new Tokens(
                settings.tokens().key(),
                new HashSet<>(settings.identities().names()),
                settings.tokens().leeway());
        Router router = new Router(endpoints, tokens, AdminEndpoints.gate(settings.admin(), settings.tokens()));
        SharedKillSwitch sockets = KillSwitches.shared("sockets");
        ServerBinding binding = new ApiServer(
                        router,
                        settings.http(),
                        metrics,
                        (user, life) -> new SocketSession(
                                        wavelets, user, settings.http(), metrics, leaving, materializer)
                                .flow(life)
                                .via(sockets.flow()),
                        materializer,
                        InstantSource.system())
                .bind(system);
        apiAddress = binding.localAddress();
        faces.add(() -> {
            // Clients are sent elsewhere first, with answers to what is under way.
            leaving.begin();
            leaving.allClosed(HTTP_DEADLINE).toCompletableFuture().join();
            // The binding does not know of sockets, and while one follows a wavelet, shards are asked for and not left.
            sockets.shutdown();
            binding.terminate(HTTP_DEADLINE).toCompletableFuture().join();
        });
    }

    /** Where streams of other domains are accepted. */
    public List<InetSocketAddress> streamAddresses() {
        return streamAddresses;
    }

    /** Where components are accepted. */
    public List<InetSocketAddress> componentAddresses() {
        return componentAddresses;
    }

    /** Where the client API listens. */
    public InetSocketAddress apiAddress() {
        return apiAddress;
    }

    /** Completes when the node has stopped, with the reason: it was closed, or its membership of the cluster ended. */
    public CompletableFuture<Ending> stopped() {
        return stopped;
    }

    @Override
    public void close() {
        close(Ending.ASKED);
    }

    /** By itself, or because of {@link #close}, which then waits for the thread that it is called on. */
    private void ended(Ending ending) {
        if (ending != Ending.ASKED) {
            ready.set(false);
            new Thread(() -> close(ending), "wavegate-end").start();
        }
    }

    private synchronized void close(Ending ending) {
        ready.set(false);
        parts.close();
        turnAway();
        stopped.complete(ending);
    }

    /**
     * Ends what others come to, as long as entities can still be reached from here: what arrived before the end is handled.
     * A part of the orderly end of the actor system, whoever began it.
     */
    private Done turnAway() {
        ready.set(false);
        faces.close();
        return Done.done();
    }

    private NodeHealth health(Formation member, Journal journal) {
        Pulse pulse = faces.add(new Pulse(member.system(), System::nanoTime));
        Fitness fitness = new Fitness(member.system(), KINDS, member::doubts);
        return new NodeHealth(ready::get, pulse::isAlive, fitness::problems, journal, System::nanoTime);
    }

    private static void onThreadOfItsOwn(Runnable work) {
        new Thread(work, "wavegate-faces").start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "wavegate-dns");
        thread.setDaemon(true);
        return thread;
    }
}
