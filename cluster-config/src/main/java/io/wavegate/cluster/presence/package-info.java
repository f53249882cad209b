/** Signs of life that clusters leave in the store, so that no two of one name go on side by side. */
@NullMarked
package io.wavegate.cluster.presence;

import org.jspecify.annotations.NullMarked;
