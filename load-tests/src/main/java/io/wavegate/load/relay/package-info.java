/** Stanzas from a component through two servers to another component: load, and the servers that carry it. */
@NullMarked
package io.wavegate.load.relay;

import org.jspecify.annotations.NullMarked;
