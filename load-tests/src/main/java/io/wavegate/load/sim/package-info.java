/**
 * A deterministic simulation of several domains of several nodes each: the product's own actors, links and cores, under a
 * dispatcher, a clock, a network, a store and a placement that one seed decides. See {@code docs/simulation.md}.
 */
@NullMarked
package io.wavegate.load.sim;

import org.jspecify.annotations.NullMarked;
