package io.wavegate.s2s.entity;

import io.wavegate.wavelet.placement.Placement;
import io.wavegate.wavelet.placement.ShardedPlacement;
import io.wavegate.wavelet.placement.SteadyClock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * What the links of a node run in.
 *
 * @param placement where entities live
 * @param clock milliseconds that only go on, those since the epoch when the node began; waits of links end by them
 * @param random makes ids that nobody can guess, and spreads what would happen at once
 * @param edges where the edges of all nodes are
 * @param hosting whether entities live on this node too, so that what comes to its sockets need not leave it
 */
public record Surroundings(
        Placement placement, LongSupplier clock, Random random, EdgeDirectory edges, boolean hosting) {
    /** Entities and sockets on one node, which looks for no others. */
    public Surroundings(Placement placement, LongSupplier clock, Random random) {
        this(placement, clock, random, EdgeDirectory.alone(), true);
    }

    /** A cluster's node. */
    static Surroundings cluster(ActorSystem<?> system) {
        Set<String> roles = Cluster.get(system).selfMember().getRoles();
        boolean hosting = ClusterShardingSettings.create(system).role().forall(role -> roles.contains(role));
        return new Surroundings(
                new ShardedPlacement(system),
                SteadyClock.begin(),
                new SecureRandom(),
                new ClusterDirectory(system),
                hosting);
    }

    Instant now() {
        return Instant.ofEpochMilli(clock.getAsLong());
    }
}
