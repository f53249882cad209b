package io.wavegate.wavelet.placement;

import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * A kind of entities.
 *
 * @param key its name and the type of its messages
 * @param stop ends an entity in order: its shard moves, its node leaves, or it asked to be passivated
 * @param shards over how many shards they are spread; 0 for the cluster's default
 * @param behavior makes the entity with an id; the reference takes its wish to be passivated
 */
public record EntityKind<M>(
        EntityTypeKey<M> key,
        M stop,
        int shards,
        BiFunction<String, ActorRef<ClusterSharding.ShardCommand>, Behavior<M>> behavior) {}
