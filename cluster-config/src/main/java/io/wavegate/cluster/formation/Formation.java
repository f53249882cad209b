package io.wavegate.cluster.formation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.presence.LifeSigns;
import io.wavegate.cluster.presence.Presence;
import io.wavegate.cluster.settings.Bootstrap;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.cluster.settings.PresenceTimes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's membership of a cluster: from a start until it is up, and how it ended. */
public final class Formation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Formation.class);
    private static final long REPORT_SECONDS = 10;

    private final ClusterSettings settings;
    private final ActorSystem<Void> system;
    private final CoordinatedShutdown shutdown;
    private final String attempt;
    private final CompletableFuture<Void> over;
    private volatile Optional<Presence> presence = Optional.empty();

    private Formation(ClusterSettings settings, ActorSystem<Void> system, String attempt) {
        this.settings = settings;
        this.system = system;
        this.attempt = attempt;
        this.shutdown = CoordinatedShutdown.get(system);
        this.over = BoundedEnd.of(system, settings.shutdownTimeout());
    }

    /**
     * Starts the actor system and joins; returns when this node is up, which is as soon as the cluster agrees on who is in
     * it.
     *
     * @param rest everything else, resolved
     * @param agreement what all nodes must agree on
     * @param buildVersion of this program
     * @param signs where clusters leave signs of life; a node that looks for no others leaves none
     * @throws FormationException if it cannot be; nothing is left running then
     */
    public static Formation join(
            ClusterSettings settings, Config rest, Agreement agreement, String buildVersion, LifeSigns signs)
            throws FormationException {
        return join(
                settings,
                rest,
                agreement,
                buildVersion,
                signs,
                settings.failureDetection().presence());
    }

    static Formation join(
            ClusterSettings settings,
            Config rest,
            Agreement agreement,
            String buildVersion,
            LifeSigns signs,
            PresenceTimes times)
            throws FormationException {
        String attempt = UUID.randomUUID().toString();
        Map<String, Object> own = Map.of(
                Agreement.PATH,
                agreement.texts(),
                JoinAttempts.PATH,
                attempt,
                "pekko.cluster.app-version",
                settings.appVersion().isBlank() ? buildVersion : settings.appVersion());
        JoinAttempts.begin(attempt);
        try {
            Formation formation = new Formation(
                    settings, start(settings, ConfigFactory.parseMap(own).withFallback(rest)), attempt);
            try {
                formation.awaitUp(signs, times);
                return formation;
            } catch (FormationException | RuntimeException e) {
                formation.close();
                throw e;
            }
        } finally {
            JoinAttempts.end(attempt);
        }
    }

    private static ActorSystem<Void> start(ClusterSettings settings, Config rest) throws FormationException {
        try {
            return ActorSystem.create(Behaviors.empty(), ClusterSettings.SYSTEM_NAME, settings.over(rest));
        } catch (RuntimeException e) {
            throw new FormationException(
                    "Cluster port " + settings.bindHost() + ":" + settings.port(),
                    "cannot be listened on (" + e.getMessage() + ")",
                    "Stop what uses it, give wavegate.cluster.host or bind-host an address of this machine, or set"
                            + " wavegate.cluster.port to a free one, or to 0 on a single node");
        }
    }

    private void awaitUp(LifeSigns signs, PresenceTimes times) throws FormationException {
        CompletableFuture<Boolean> up = new CompletableFuture<>();
        Cluster cluster = Cluster.get(system);
        org.apache.pekko.cluster.Cluster.get(system).registerOnMemberUp(() -> up.complete(true));
        over.thenRun(() -> up.complete(false));
        if (settings.singleNode()) {
            LoneStart.await(signs, settings, times);
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        } else {
            Presence watching = Presence.start(system, settings, times, signs);
            presence = Optional.of(watching);
            JoinAttempts.ask(attempt, watching);
        }
        if (settings.bootstrap().isPresent()) {
            find(settings.bootstrap().get());
        }
        if (!await(up, limit(times).toSeconds())) {
            Ending ending = shutdown.getShutdownReason().isEmpty() ? Ending.NO_SEED : ending();
            String obstacle = obstacle();
            List<String> differences = JoinAttempts.end(attempt);
            throw new FormationException(
                    differences.isEmpty() ? ending.exitCode() : Ending.REFUSED.exitCode(),
                    "Cluster node " + settings.host() + ":" + settings.port() + ", " + others(),
                    differences.isEmpty()
                            ? ending.cause() + obstacle
                            : "differs from the cluster: " + String.join("; ", differences),
                    ending.nextStep());
        }
        if (!settings.singleNode()) {
            LOG.info(
                    "A member of the cluster as {} with roles {}.",
                    cluster.selfMember().address(),
                    settings.roles());
        }
    }

    /** Who may have to wait until it may form a cluster has that time beside the other. */
    private Duration limit(PresenceTimes times) {
        return settings.bootstrap().isPresent() || settings.isFirstSeed()
                ? settings.joinTimeout().plus(times.foundAfter())
                : settings.joinTimeout();
    }

    private boolean await(CompletableFuture<Boolean> up, long mostSeconds) {
        long waited = 0;
        while (true) {
            long wait = Math.min(REPORT_SECONDS, mostSeconds - waited);
            try {
                return up.get(wait, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                waited += wait;
                Member self = Cluster.get(system).selfMember();
                LOG.info("Not up yet after {} s: this node is {}; {}{}.", waited, self.status(), others(), obstacle());
                if (waited >= mostSeconds && self.status().equals(MemberStatus.removed())) {
                    return false;
                }
                mostSeconds = Math.max(mostSeconds, waited + REPORT_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException e) {
                return false;
            }
        }
    }

    private String obstacle() {
        return Stream.of(JoinAttempts.obstacle(attempt), presence.flatMap(Presence::obstacle))
                .flatMap(Optional::stream)
                .map(text -> "; " + text)
                .collect(Collectors.joining());
    }

    private void find(Bootstrap bootstrap) throws FormationException {
        try {
            PekkoManagement.get(system).start().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new FormationException(
                    "Port " + settings.bindHost() + ":" + bootstrap.port() + " for finding other nodes",
                    "cannot be listened on (" + e.getCause() + ")",
                    "Stop what uses it, or change wavegate.cluster.bootstrap.port on all nodes");
        }
        ClusterBootstrap.get(system).start();
    }

    private String others() {
        return settings.bootstrap()
                .map(bootstrap -> "nodes of " + bootstrap.service() + " (" + bootstrap.method() + ")")
                .orElseGet(() -> "seed nodes " + String.join(", ", settings.seedNodes()));
    }

    /** What makes it doubtful whether this member's cluster is the one that counts, in words for an operator. */
    public List<String> doubts() {
        return presence.flatMap(Presence::doubt).stream().toList();
    }

    /** The actor system of this member. */
    public ActorSystem<Void> system() {
        return system;
    }

    /** Completes when the actor system has ended, in whatever way, or should have, with the reason. */
    public CompletionStage<Ending> ended() {
        return over.thenApply(done -> ending());
    }

    private Ending ending() {
        return Ending.of(shutdown.getShutdownReason());
    }

    /** Leaves in order, as far as that goes within the time-outs, and ends the actor system. */
    @Override
    public void close() {
        system.terminate();
        over.join();
    }
}
