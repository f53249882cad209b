/** The demonstration: two gateways as processes of their own, two people typing a recorded session into one wave. */
@NullMarked
package io.wavegate.node.demo;

import org.jspecify.annotations.NullMarked;
