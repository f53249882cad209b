/**
 * Streams of the simulation over simulated bytes: the product's own stream machines, parser, writer and resolution, carried
 * out by a small interpreter with the world's clock and threads in place of Netty. TLS is a word with a name in it.
 */
@NullMarked
package io.wavegate.load.sim.stream;

import org.jspecify.annotations.NullMarked;
