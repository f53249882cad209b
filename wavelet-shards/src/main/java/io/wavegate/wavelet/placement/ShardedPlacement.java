package io.wavegate.wavelet.placement;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.japi.function.Function;

/** Entities sharded over the nodes of a cluster that have the role {@code pekko.cluster.sharding.role}, reached from all. */
public final class ShardedPlacement implements Placement {
    private static final AtomicLong WATCHES = new AtomicLong();

    private final ActorSystem<?> system;
    private final ClusterSharding sharding;

    /** @param system of a cluster member, or one that will be */
    public ShardedPlacement(ActorSystem<?> system) {
        this.system = system;
        this.sharding = ClusterSharding.get(system);
    }

    @Override
    public <M> EntityRefs<M> place(EntityKind<M> kind) {
        Entity<M, ShardingEnvelope<M>> entity = Entity.of(
                        kind.key(), context -> kind.behavior().apply(context.getEntityId(), context.getShard()))
                .withStopMessage(kind.stop())
                // Entities know themselves when they are of no use: sharding sees neither their readers nor their
                // timers.
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy());
        if (kind.shards() > 0) {
            entity = entity.withMessageExtractor(new HashCodeMessageExtractor<>(kind.shards()));
        }
        sharding.init(entity);
        return new Refs<>(kind);
    }

    @Override
    public void watchMembers(MembersListener listener) {
        Cluster cluster = Cluster.get(system);
        Behavior<ClusterEvent.MemberEvent> watch = Behaviors.setup(context -> {
            cluster.subscriptions().tell(Subscribe.create(context.getSelf(), ClusterEvent.MemberEvent.class));
            return Behaviors.receiveMessage(event -> {
                if (event instanceof ClusterEvent.MemberUp || event instanceof ClusterEvent.MemberRemoved) {
                    listener.changed(OldestMember.of(cluster.state())
                            .filter(cluster.selfMember()::equals)
                            .isPresent());
                }
                return Behaviors.same();
            });
        });
        system.systemActorOf(watch, "wavegate-members-" + WATCHES.incrementAndGet(), Props.empty());
    }

    private final class Refs<M> implements EntityRefs<M> {
        private final EntityKind<M> kind;

        Refs(EntityKind<M> kind) {
            this.kind = kind;
        }

        @Override
        public <R> CompletionStage<R> ask(String entityId, Function<ActorRef<R>, M> message, Duration timeout) {
            return sharding.entityRefFor(kind.key(), entityId).ask(message, timeout);
        }

        @Override
        public void tell(String entityId, M message) {
            sharding.entityRefFor(kind.key(), entityId).tell(message);
        }
    }
}
