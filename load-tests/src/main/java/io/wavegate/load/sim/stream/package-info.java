/**
 * Streams of the simulation over simulated bytes: the product's own stream machines, parser, writer, resolution and what
 * carries out their decisions, with sockets, a network, a clock and threads of the world. TLS is a word with a name in it.
 */
@NullMarked
package io.wavegate.load.sim.stream;

import org.jspecify.annotations.NullMarked;
