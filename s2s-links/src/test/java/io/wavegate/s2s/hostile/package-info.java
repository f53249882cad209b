/** Attacks on the edge of a gateway over real sockets, each with the answer it must get; see docs/threats.md. */
package io.wavegate.s2s.hostile;
