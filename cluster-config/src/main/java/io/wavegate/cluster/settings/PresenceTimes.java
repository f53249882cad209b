package io.wavegate.cluster.settings;

import java.time.Duration;

/**
 * How long signs of life in the store are waited for.
 *
 * @param pause between two looks of a node at the sign, and two beats of its holder
 * @param takeOver how long the sign stands still before the oldest member gives signs itself; the others after twice that.
 *     Whoever has not looked for so long begins to count anew
 * @param foundAfter how long it stands still before a cluster may be formed beside it: more than a living one can take
 *     until one of its members has taken over
 * @param patience how long a cluster that is not this node's is seen to live before this node ends: more than a node that the
 *     others took for dead needs to find that out
 */
public record PresenceTimes(Duration pause, Duration takeOver, Duration foundAfter, Duration patience) {}
