/** Scenarios, how they are run, and what came of them. */
@NullMarked
package io.wavegate.load.chaos.run;

import org.jspecify.annotations.NullMarked;
