/**
 * Where actors that exist once in a cluster live, and how they are reached: the seam between entities and the cluster. The
 * cluster's is {@link io.wavegate.wavelet.placement.ShardedPlacement}; a simulation gives its own.
 */
@NullMarked
package io.wavegate.wavelet.placement;

import org.jspecify.annotations.NullMarked;
