/** Load that does not wait, and what everybody saw of it. */
@NullMarked
package io.wavegate.load.chaos.load;

import org.jspecify.annotations.NullMarked;
