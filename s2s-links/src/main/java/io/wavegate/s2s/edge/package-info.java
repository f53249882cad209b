/**
 * Between the edges, which own sockets, and the entities of links, which own what is sent on them: numbered, acknowledged,
 * replayed, deduplicated, bounded. Plain machines without a clock, a thread or a library that acts, and the messages between
 * them in their form for other nodes.
 */
@NullMarked
package io.wavegate.s2s.edge;

import org.jspecify.annotations.NullMarked;
