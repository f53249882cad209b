/**
 * Where actors that exist once in a cluster live, and how they are reached: the seam between entities and the cluster. The
 * cluster's is {@link io.wavegate.wavelet.placement.ShardedPlacement}; a simulation gives its own. And the clock that their waits
 * go by.
 */
@NullMarked
package io.wavegate.wavelet.placement;

import org.jspecify.annotations.NullMarked;
