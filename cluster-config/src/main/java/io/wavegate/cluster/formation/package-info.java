/** Becoming a member of a cluster, and how membership ends. */
@NullMarked
package io.wavegate.cluster.formation;

import org.jspecify.annotations.NullMarked;
