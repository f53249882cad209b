package io.wavegate.wavelet.entity;

import com.typesafe.config.Config;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.placement.EntityKind;
import io.wavegate.wavelet.placement.EntityRefs;
import io.wavegate.wavelet.placement.ShardedPlacement;
import io.wavegate.wavelet.placement.SteadyClock;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.TrustPolicy;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the wavelets of a node. */
public final class WaveletShards {
    /** The longest URI of a wavelet, so that it fits as a key of every store. */
    static final int MAX_URI = 2_000;

    /** What sharding calls wavelets; the id of one is its URI. */
    public static final String KIND = EntityAsk.KEY.name();

    private static final Logger LOG = LoggerFactory.getLogger(WaveletShards.class);
    private static final int JOURNAL_READS = 256;

    private WaveletShards() {}

    /**
     * Starts the wavelets of a node: hosts those of our domains, follows those of others. They live on the nodes of the role
     * that {@code pekko.cluster.sharding.role} names, and are reached from all.
     *
     * @param system of a cluster member, or one that will be
     * @param config the whole configuration; {@code wavegate.wavelets} is read
     * @param journal where wavelets and signers are kept; shared, not closed
     * @param localDomains our domains, the same on all nodes
     * @param trust whose certificates count for signatures
     * @param remotes how other domains are asked; first used after the start
     * @throws com.typesafe.config.ConfigException if a setting is wrong
     */
    public static Wavelets start(
            ActorSystem<?> system,
            Config config,
            Journal journal,
            Collection<LocalDomain> localDomains,
            TrustPolicy trust,
            Supplier<RemoteDomains> remotes) {
        return start(system, config, journal, localDomains, () -> trust, remotes);
    }

    /**
     * As {@link #start(ActorSystem, Config, Journal, Collection, TrustPolicy, Supplier)}, where whose certificates count may
     * change.
     *
     * @param trust at present; the same object as long as nothing changes
     */
    public static Wavelets start(
            ActorSystem<?> system,
            Config config,
            Journal journal,
            Collection<LocalDomain> localDomains,
            Supplier<TrustPolicy> trust,
            Supplier<RemoteDomains> remotes) {
        return start(
                system,
                WaveletSettings.from(config),
                journal,
                localDomains,
                trust,
                remotes,
                System::currentTimeMillis,
                SteadyClock.begin());
    }

    /**
     * As {@link #start(ActorSystem, Config, Journal, Collection, TrustPolicy, Supplier)}, by another clock: histories that
     * were recorded elsewhere come out byte for byte.
     *
     * @param clock milliseconds since the epoch, which only go on: waits end by them too
     */
    public static Wavelets start(
            ActorSystem<?> system,
            Config config,
            Journal journal,
            Collection<LocalDomain> localDomains,
            TrustPolicy trust,
            Supplier<RemoteDomains> remotes,
            LongSupplier clock) {
        return start(system, WaveletSettings.from(config), journal, localDomains, () -> trust, remotes, clock, clock);
    }

    private static Wavelets start(
            ActorSystem<?> system,
            WaveletSettings settings,
            Journal journal,
            Collection<LocalDomain> localDomains,
            Supplier<TrustPolicy> trust,
            Supplier<RemoteDomains> remotes,
            LongSupplier clock,
            LongSupplier steady) {
        Surroundings cluster = new Surroundings(
                new ShardedPlacement(system),
                Optional.empty(),
                system.dispatchers().lookup(DispatcherSelector.defaultDispatcher()),
                clock,
                steady);
        return start(system, settings, journal, localDomains, trust, remotes, cluster);
    }

    /**
     * As {@link #start(ActorSystem, Config, Journal, Collection, Supplier, Supplier)}, where a simulation decides what runs
     * when and where.
     *
     * @param settings {@link WaveletSettings#from}
     */
    public static Wavelets start(
            ActorSystem<?> system,
            WaveletSettings settings,
            Journal journal,
            Collection<LocalDomain> localDomains,
            Supplier<TrustPolicy> trust,
            Supplier<RemoteDomains> remotes,
            Surroundings around) {
        WorkPool signing = pool("signing", settings.signing(), system, around);
        WorkPool verifying = pool("verifying", settings.verifying(), system, around);
        Map<String, LocalDomain> domains =
                localDomains.stream().collect(Collectors.toUnmodifiableMap(LocalDomain::name, domain -> domain));
        SignerStore signers = new SignerStore(journal, trust, verifying, settings.signerCache());
        domains.values().forEach(domain -> domain.keptBy(signer -> keepOwn(signers, domain.name(), signer)));
        DeltaIntake intake = new DeltaIntake(
                signers,
                new SignerQuestions(signers, remotes),
                verifying,
                settings.authority().delta(),
                domains.keySet(),
                around.clock());
        WaveletServices services = new WaveletServices(
                settings,
                journal,
                domains.keySet(),
                remotes,
                intake,
                new RateLimit(settings.replica().newPerMinute()),
                new Semaphore(JOURNAL_READS),
                new ReplacementSlots(settings.replica().replacementsAtOnce()),
                new ReplicaTally(),
                new ViewAnswers(system, settings.reading().pageBytes(), around.work()),
                around.work(),
                around.clock(),
                around.steady());
        EntityRefs<WaveletCommand> refs = around.placement()
                .place(new EntityKind<>(
                        EntityAsk.KEY,
                        new WaveletCommand.Stop(),
                        settings.shards(),
                        (id, shard) -> entity(id, shard, services)));
        EntityAsk entities = new EntityAsk(system, refs, settings.askTimeout());
        BehindWavelets behind = new BehindWavelets(system, journal, entities);
        around.placement().watchMembers(oldest -> entities.repeatWaiting());
        return new ShardedWavelets(
                entities,
                new LocalSubmits(entities, domains, signing, services),
                signers,
                behind,
                new LargeViewReader(system),
                services);
    }

    private static WorkPool pool(
            String name, WaveletSettings.Pool settings, ActorSystem<?> system, Surroundings around) {
        if (around.pools().isPresent()) {
            return new WorkPool(settings, around.pools().get());
        }
        WorkPool pool = new WorkPool(name, settings);
        closeAtTheEnd(system, pool);
        return pool;
    }

    private static Behavior<WaveletCommand> entity(
            String id, ActorRef<ClusterSharding.ShardCommand> shard, WaveletServices services) {
        return WaveletName.parseUri(id)
                .filter(name -> name.toUri().equals(id))
                .map(name ->
                        WaveletEntity.create(name, services, self -> shard.tell(new ClusterSharding.Passivate<>(self))))
                // No two keys for one wavelet: another spelling is nobody.
                .orElseGet(Behaviors::stopped);
    }

    // Before anything is told: a domain that is told of a delta asks for its signer at once.
    private static boolean keepOwn(SignerStore signers, String domain, DeltaSigner signer) {
        Answer<TrustedSigner> own = signers.validate(signer.info());
        if (own instanceof Answer.Ok<TrustedSigner> ok && ok.value().speaksFor(domain)) {
            signers.keep(ok.value()).whenComplete((kept, failure) -> {
                if (failure != null) {
                    LOG.warn(
                            "The certificates of {} could not be stored; they are served from memory until the next"
                                    + " start. Cause: {}",
                            domain,
                            failure.toString());
                }
            });
            return true;
        } else {
            LOG.error(
                    "The certificates of {} do not hold by our own trust anchors, so others will refuse our deltas and we"
                            + " cannot verify them when they come back. Configure a chain for this domain that ends at a"
                            + " trusted root. Cause: {}",
                    domain,
                    own);
            return false;
        }
    }

    private static void closeAtTheEnd(ActorSystem<?> system, WorkPool pool) {
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "wavegate-wavelet-pools", () -> {
                    pool.close();
                    return CompletableFuture.completedFuture(Done.done());
                });
    }
}
