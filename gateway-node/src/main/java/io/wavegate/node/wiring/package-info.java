/** Puts a node together out of the modules, starts it and stops it. */
@NullMarked
package io.wavegate.node.wiring;

import org.jspecify.annotations.NullMarked;
