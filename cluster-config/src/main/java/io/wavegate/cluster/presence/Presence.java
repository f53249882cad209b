package io.wavegate.cluster.presence;

import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.cluster.settings.PresenceTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Keeps a cluster from going on beside another of the same store: a node forms one only when the store has no signs of a
 * living one, and members of one that finds another's signs end.
 */
public final class Presence {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final ActorRef<Vigil.Command> vigil;
    private final Outlook outlook;

    private Presence(ActorSystem<?> system, ActorRef<Vigil.Command> vigil, Outlook outlook) {
        this.system = system;
        this.vigil = vigil;
        this.outlook = outlook;
    }

    /**
     * Begins to join by the seed nodes, if nodes are found by them; else gives leave to form a cluster when asked.
     *
     * @param system that is no member yet
     */
    public static Presence start(
            ActorSystem<?> system, ClusterSettings settings, PresenceTimes times, LifeSigns signs) {
        Approach approach = settings.bootstrap().isPresent() ? new FoundApproach() : new SeedApproach(system, settings);
        Outlook outlook = new Outlook();
        ActorRef<Vigil.Command> vigil = system.systemActorOf(
                Vigil.create(signs, times, approach, outlook, System::nanoTime), "wavegate-presence", Props.empty());
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        // When the entities are handed over and this node is out of the cluster.
        shutdown.addTask(CoordinatedShutdown.PhaseClusterExitingDone(), "wavegate-presence", () -> {
            boolean downed = shutdown.getShutdownReason()
                    .filter(CoordinatedShutdown.clusterDowningReason()::equals)
                    .isPresent();
            return downed ? CompletableFuture.completedFuture(Done.getInstance()) : leave(system, vigil);
        });
        return new Presence(system, vigil, outlook);
    }

    private static CompletionStage<Done> leave(ActorSystem<?> system, ActorRef<Vigil.Command> vigil) {
        return AskPattern.<Vigil.Command, Done>ask(vigil, Vigil.Leave::new, PATIENCE, system.scheduler())
                .exceptionally(failure -> Done.getInstance());
    }

    /** Leave to form a cluster, for a node that found others which are in none; false: ask again. */
    public CompletionStage<Boolean> mayFound() {
        return AskPattern.<Vigil.Command, Boolean>ask(vigil, Vigil.MayFound::new, PATIENCE, system.scheduler())
                .exceptionally(failure -> false);
    }

    /** Why no cluster has been formed or joined yet, in words for an operator, if the reason is here. */
    public Optional<String> obstacle() {
        return outlook.obstacle();
    }

    /** Why this member may not be one of the cluster that counts, in words for an operator; empty: no doubt. */
    public Optional<String> doubt() {
        return outlook.doubt();
    }
}
