/** What a node counts, in Prometheus' form. */
@NullMarked
package io.wavegate.node.metrics;

import org.jspecify.annotations.NullMarked;
