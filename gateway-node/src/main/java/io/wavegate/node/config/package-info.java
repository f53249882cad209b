/** The configuration of a node: read from file, reference and environment, checked as a whole, given out as records. */
@NullMarked
package io.wavegate.node.config;

import org.jspecify.annotations.NullMarked;
