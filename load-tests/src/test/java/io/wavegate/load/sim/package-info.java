/** Runs the simulation: many seeds, the same one twice, and each deliberate bug. */
@NullMarked
package io.wavegate.load.sim;

import org.jspecify.annotations.NullMarked;
