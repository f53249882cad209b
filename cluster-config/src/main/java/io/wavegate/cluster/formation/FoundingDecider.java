package io.wavegate.cluster.formation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrapSettings;
import org.apache.pekko.management.cluster.bootstrap.JoinDecider;
import org.apache.pekko.management.cluster.bootstrap.JoinDecision;
import org.apache.pekko.management.cluster.bootstrap.JoinSelf;
import org.apache.pekko.management.cluster.bootstrap.KeepProbing;
import org.apache.pekko.management.cluster.bootstrap.LowestAddressJoinDecider;
import org.apache.pekko.management.cluster.bootstrap.SeedNodesInformation;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Whether a node that was found with others forms a cluster with them: as Pekko has it, the one with the lowest address if
 * none of them is in one; but only with leave of the {@link io.wavegate.cluster.presence.Presence}, as those that cannot be
 * found may be in one.
 */
public final class FoundingDecider implements JoinDecider {
    private final ActorSystem system;
    private final JoinDecider lowestAddress;

    /** Made by Pekko, by name. */
    public FoundingDecider(ActorSystem system, ClusterBootstrapSettings settings) {
        this.system = system;
        this.lowestAddress = new LowestAddressJoinDecider(system, settings);
    }

    @Override
    public Future<JoinDecision> decide(SeedNodesInformation information) {
        CompletionStage<JoinDecision> decision = FutureConverters.asJava(lowestAddress.decide(information));
        return FutureConverters.asScala(decision.thenCompose(this::withLeave));
    }

    private CompletionStage<JoinDecision> withLeave(JoinDecision decision) {
        if (!decision.equals(JoinSelf.getInstance())) {
            return CompletableFuture.completedFuture(decision);
        }
        return JoinAttempts.presence(system.settings().config())
                .map(presence -> presence.mayFound().thenApply(may -> may ? decision : KeepProbing.getInstance()))
                .orElseGet(() -> CompletableFuture.completedFuture(KeepProbing.getInstance()));
    }
}
