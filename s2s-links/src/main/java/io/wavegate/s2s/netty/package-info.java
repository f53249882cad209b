/** Streams over TCP and TLS with Netty: carries out what the state machines of {@code stream} decide. */
@NullMarked
package io.wavegate.s2s.netty;

import org.jspecify.annotations.NullMarked;
