package io.wavegate.s2s.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.component.ComponentReceiver;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.federation.FederationService;
import io.wavegate.s2s.link.LinkState;
import io.wavegate.s2s.link.RelayState;
import io.wavegate.s2s.probe.ExpectedAnswers;
import io.wavegate.s2s.reach.ClusterComponents;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.vouch.KnownVouchers;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.placement.EntityKind;
import io.wavegate.wavelet.placement.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** The links of this node: starts their entities, and is the way in for wavelets, streams and operators. */
public final class Links {
    private static final Duration VIEW_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REHEARSAL_TIMEOUT = Duration.ofSeconds(30);

    /** A simulation runs many nodes in one system. */
    private static final AtomicInteger NODES = new AtomicInteger();

    private final ActorSystem<?> system;
    private final LinkRefs refs;
    private final RemoteDomainLinks remoteDomains;
    private final StanzaReceiver receiver;
    private final ComponentRouter components;
    private final ClusterComponents reach;
    private final BehindWaker waker;
    private final Placement placement;
    private final LinkWatches watches = new LinkWatches();
    private final LocalNames names;
    private final ForeignServices services;
    private final LinksSettings settings;
    private final Surroundings around;
    private final NodeEdges edges;
    private final Inbound inbound;
    private final VoucherBook vouchers;
    private final ExpectedAnswers expected = new ExpectedAnswers();

    /**
     * Starts the entities; nothing is dialled yet.
     *
     * @param domains our domains, prepared
     * @param components those that may connect to us, and those that we are
     * @param wavelets asked for when the first stanza comes
     * @param around what they run in
     */
    public Links(
            ActorSystem<?> system,
            LinksSettings settings,
            Set<String> domains,
            ComponentsSettings components,
            Journal journal,
            Supplier<Wavelets> wavelets,
            Surroundings around) {
        this.system = system;
        this.settings = settings;
        this.around = around;
        this.edges = new NodeEdges(around.edges());
        LinkIds ids = new LinkIds(settings.idSecrets(), around.random());
        this.services = new ForeignServices(ids);
        this.vouchers = new VoucherBook(journal, around::now);
        LocalNames names = new LocalNames(domains, components);
        LinkStreams.Environment streams = new LinkStreams.Environment(
                edges, settings.edge(), this::work, around.clock(), around.random(), watches);
        LinkEntity.Environment environment = new LinkEntity.Environment(
                streams,
                around.clock(),
                states(settings, names, ids, around.random()),
                link -> wavelets.get().remoteDomainReachable(link.local(), link.remote()),
                services,
                watches,
                settings.unusedFor());
        RelayEntity.Environment relayEnvironment = new RelayEntity.Environment(
                streams,
                around.clock(),
                relays(settings, around.random()),
                this::bounce,
                watches,
                settings.unusedFor());
        this.refs = new LinkRefs(around.placement()
                .place(new EntityKind<>(
                        LinkEntity.TYPE,
                        new LinkCommand.Stop(),
                        0,
                        (id, shard) -> create(id, shard, names, environment, relayEnvironment))));
        this.remoteDomains = new RemoteDomainLinks(
                refs, system, settings.link().answerTimeout(), settings.maxUpdateBytes(), settings.maxDeltaBytes());
        this.inbound = new Inbound(
                refs,
                names,
                services,
                new FederationService(wavelets, settings.maxHistoryBytes(), names::componentsOf),
                watches,
                expected,
                settings.maxInboundRequests(),
                settings.maxInboundBytes());
        // What sockets bring is worked on where they are, if that can be: it then is there for as long as they are.
        StanzaReceiver ours = around.hosting() ? inbound : new EdgeReceiver(edges.local(), names, refs);
        this.reach = around.edges().components(components, settings.edge(), this::hearAgain);
        ComponentRouter router =
                new ComponentRouter(refs, names, ours, components, reach, system.ignoreRef(), this::hearAgain);
        this.components = router;
        this.receiver = new AddressedReceiver(names, router, ours, watches, vouchers);
        this.names = names;
        this.waker = new BehindWaker(system, journal, refs, names, settings);
        this.placement = around.placement();
    }

    private CompletionStage<Void> work(
            DomainPair link, DomainPair pair, List<XmlElement> stanzas, ActorRef<LinkCommand> entity) {
        LinkTeller teller = (to, command) -> {
            if (to.equals(link)) {
                entity.tell(command);
            } else {
                refs.tell(to, command);
            }
        };
        return inbound.receive(pair, stanzas, teller).handled();
    }

    /** Has this node's sockets used by links, of this node and of others. */
    void open(S2sStreams streams) {
        EdgeActor.Environment environment =
                new EdgeActor.Environment(streams, names, refs, around.edges(), settings.edge(), around.clock());
        edges.opened(system.systemActorOf(
                EdgeActor.create(environment), "wavegate-edge-" + NODES.incrementAndGet(), Props.empty()));
        // Whoever makes the node leave: first of all, while the others still know it.
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(
                CoordinatedShutdown.PhaseBeforeServiceUnbind(),
                "links-use-other-edges",
                () -> (isGivenUp(shutdown) ? CompletableFuture.<Void>completedFuture(null) : leave())
                        .thenApply(left -> Done.getInstance()));
    }

    /**
     * Whether the others go on without this node already. Then no link is left that could change to another edge, and each
     * second that the streams stay, their peers speak to nobody.
     */
    private static boolean isGivenUp(CoordinatedShutdown shutdown) {
        return shutdown.getShutdownReason()
                .filter(CoordinatedShutdown.clusterDowningReason()::equals)
                .isPresent();
    }

    /** Completes when no link uses this node's sockets any more, as far as there are others, or that took too long. */
    CompletionStage<Void> leave() {
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        edges.local().thenAccept(edge -> edge.tell(new EdgeCommand.Leave(left)));
        system.getWhenTerminated().thenRun(() -> left.complete(false));
        return left.completeOnTimeout(false, settings.edge().leaveWithin().toMillis() + 1_000, TimeUnit.MILLISECONDS)
                .thenCompose(others -> others ? reach.leave() : CompletableFuture.completedFuture(null));
    }

    /** Where the components of all nodes are. */
    ClusterComponents components() {
        return reach;
    }

    private void bounce(DomainPair link, List<XmlElement> stanzas, StanzaError error) {
        components.refuse(link, stanzas, error);
    }

    /** A component's links pass stanzas on; those of our own domains speak Wave. */
    private static Behavior<LinkCommand> create(
            String id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            LocalNames names,
            LinkEntity.Environment wave,
            RelayEntity.Environment relay) {
        DomainPair link = LinkEntity.domains(id);
        return names.isComponent(link.local())
                ? RelayEntity.create(link, shard, relay)
                : LinkEntity.create(id, shard, wave);
    }

    /** All links that go by way of this component were cut off together: what is behind on them goes on. */
    private void hearAgain(String component) {
        onThisNode().thenAccept(links -> links.stream()
                .filter(link -> names.addressOf(link.local()).equals(component))
                .forEach(link -> refs.tell(link, new LinkCommand.Heard())));
    }

    private static LinkEntity.StateSource states(LinksSettings settings, LocalNames names, LinkIds ids, Random random) {
        return (domains, nowMillis) -> {
            String address = names.addressOf(domains.local());
            return new LinkState(domains, address, settings.link(), () -> ids.next(domains), random, nowMillis);
        };
    }

    private static RelayEntity.StateSource relays(LinksSettings settings, Random random) {
        return (pair, nowMillis) ->
                new RelayState(pair, settings.relay(), () -> LinkIds.text(random), random, nowMillis);
    }

    /** For wavelets. */
    public RemoteDomains remoteDomains() {
        return remoteDomains;
    }

    /** For the edge. */
    public StanzaReceiver receiver() {
        return receiver;
    }

    /** For the edge of components. */
    public ComponentReceiver componentReceiver() {
        return components;
    }

    /** Where a check puts in that it waits for an answer. */
    ExpectedAnswers expectedAnswers() {
        return expected;
    }

    /** Wakes the links that wavelets are behind on. */
    public void wakeBehind() {
        waker.start(placement);
    }

    /** Who vouched for a domain on earlier streams. */
    CompletionStage<KnownVouchers> vouchers(String domain) {
        return vouchers.known(domain);
    }

    /** What is counted. */
    List<Meter> meters() {
        return vouchers.meters();
    }

    /** One link. */
    public CompletionStage<LinkView> view(DomainPair link) {
        return refs.ask(link, LinkCommand.Describe::new, VIEW_TIMEOUT);
    }

    /** Has sharding place a link of a domain to itself, which is of no use to anybody, and ends it. */
    CompletionStage<Void> rehearse(String local) {
        DomainPair self = new DomainPair(local, local);
        return refs.ask(self, LinkCommand.Describe::new, REHEARSAL_TIMEOUT)
                .thenAccept(seen -> refs.tell(self, new LinkCommand.Stop()));
    }

    /** See {@link io.wavegate.s2s.api.LinkOperations#retry}. */
    public CompletionStage<LinkView> retry(DomainPair link) {
        return refs.ask(link, LinkCommand.RetryNow::new, VIEW_TIMEOUT);
    }

    /** See {@link io.wavegate.s2s.api.LinkOperations#close}. */
    public CompletionStage<LinkView> close(DomainPair link) {
        return refs.ask(link, LinkCommand.CloseStreams::new, VIEW_TIMEOUT);
    }

    /** See {@link io.wavegate.s2s.api.LinkOperations#watch}. */
    public LinkWatch watch(DomainPair link, Consumer<WatchedEvent> watcher) {
        return watches.watch(link, watcher);
    }

    /** The links that live on this node, in order. */
    public CompletionStage<List<DomainPair>> onThisNode() {
        return AskPattern.<ClusterShardingQuery, ShardRegion.CurrentShardRegionState>ask(
                        ClusterSharding.get(system).shardState(),
                        replyTo -> new GetShardRegionState(LinkEntity.TYPE, replyTo),
                        VIEW_TIMEOUT,
                        system.scheduler())
                .thenApply(state -> state.getShards().stream()
                        .flatMap(shard -> shard.getEntityIds().stream())
                        .sorted()
                        .map(LinkEntity::domains)
                        .toList());
    }
}
