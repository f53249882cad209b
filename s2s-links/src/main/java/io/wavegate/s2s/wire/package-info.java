/**
 * One stream on one connection: carries out what the state machines of {@code stream} decide, on whatever carries its bytes
 * and whatever clock and thread it has. {@code netty} puts sockets and TLS under it, a simulation bytes of its own.
 */
@NullMarked
package io.wavegate.s2s.wire;

import org.jspecify.annotations.NullMarked;
