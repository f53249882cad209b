/**
 * How stanzas come from one node to a component that is connected to another: numbered, in order, each once, answered by what
 * became of them. Machines without clock and thread; the actors are in {@code io.wavegate.s2s.reach}.
 */
@NullMarked
package io.wavegate.s2s.seat;

import org.jspecify.annotations.NullMarked;
