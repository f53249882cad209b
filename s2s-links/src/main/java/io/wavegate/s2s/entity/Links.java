package io.wavegate.s2s.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.federation.FederationService;
import io.wavegate.s2s.link.IdSource;
import io.wavegate.s2s.link.LinkState;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.Wavelets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** The links of this node: starts their entities, and is the way in for wavelets, streams and operators. */
public final class Links {
    private static final Duration VIEW_TIMEOUT = Duration.ofSeconds(5);
    private static final int ID_BYTES = 16;

    private final ActorSystem<?> system;
    private final LinkRefs refs;
    private final RemoteDomainLinks remoteDomains;
    private final Inbound inbound;
    private final BehindWaker waker;
    private final LinkWatches watches = new LinkWatches();

    /**
     * Starts the entities; nothing is dialled yet.
     *
     * @param domains our domains, prepared
     * @param edge completes when streams can be opened
     * @param wavelets asked for when the first stanza comes
     */
    public Links(
            ActorSystem<?> system,
            LinksSettings settings,
            Set<String> domains,
            Journal journal,
            Supplier<Wavelets> wavelets,
            CompletionStage<S2sStreams> edge) {
        this.system = system;
        ClusterSharding sharding = ClusterSharding.get(system);
        ForeignServices services = new ForeignServices();
        LocalNames names = new LocalNames(domains);
        LinkEntity.Environment environment = new LinkEntity.Environment(
                edge,
                System::currentTimeMillis,
                states(settings),
                link -> wavelets.get().remoteDomainReachable(link.local(), link.remote()),
                services,
                watches,
                settings.unusedFor());
        sharding.init(Entity.of(
                        LinkEntity.TYPE,
                        context -> LinkEntity.create(context.getEntityId(), context.getShard(), environment))
                .withStopMessage(new LinkCommand.Stop())
                // A link knows best when it is of no use; sharding sees neither its streams nor its timers.
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        this.refs = new LinkRefs(sharding);
        this.remoteDomains = new RemoteDomainLinks(
                refs, settings.link().answerTimeout(), settings.maxUpdateBytes(), settings.maxDeltaBytes());
        this.inbound = new Inbound(
                refs,
                names,
                services,
                new FederationService(wavelets, settings.maxHistoryBytes()),
                watches,
                settings.maxInboundRequests(),
                settings.maxInboundBytes());
        this.waker = new BehindWaker(system, journal, refs, names, settings.wakePerSecond());
    }

    private static LinkEntity.StateSource states(LinksSettings settings) {
        SecureRandom random = new SecureRandom();
        return (domains, nowMillis) -> {
            IdSource ids = () -> ForeignServices.id(randomText(random), domains.remote());
            return new LinkState(domains, settings.link(), ids, random, nowMillis);
        };
    }

    private static String randomText(SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** For wavelets. */
    public RemoteDomains remoteDomains() {
        return remoteDomains;
    }

    /** For the edge. */
    public StanzaReceiver receiver() {
        return inbound;
    }

    /** Wakes the links that wavelets are behind on. */
    public void wakeBehind() {
        waker.start();
    }

    /** One link. */
    public CompletionStage<LinkView> view(DomainPair link) {
        return refs.ask(link, LinkCommand.Describe::new, VIEW_TIMEOUT);
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
