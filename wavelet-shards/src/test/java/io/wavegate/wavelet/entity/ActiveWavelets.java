package io.wavegate.wavelet.entity;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Counts the wavelets that a node has in memory. */
final class ActiveWavelets {
    private ActiveWavelets() {}

    static int count(ActorSystem<?> system) {
        CurrentShardRegionState state = TestWavelet.get(AskPattern.<ClusterShardingQuery, CurrentShardRegionState>ask(
                ClusterSharding.get(system).shardState(),
                replyTo -> new GetShardRegionState(EntityAsk.KEY, replyTo),
                Duration.ofSeconds(20),
                system.scheduler()));
        return state.getShards().stream()
                .mapToInt(shard -> shard.getEntityIds().size())
                .sum();
    }
}
