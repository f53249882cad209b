/** A certificate authority for development: what the demo and first experiments use instead of a real one. */
@NullMarked
package io.wavegate.node.devca;

import org.jspecify.annotations.NullMarked;
