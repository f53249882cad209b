/** Streams over TCP and TLS with Netty: what carries the bytes of the streams of {@code wire}. */
@NullMarked
package io.wavegate.s2s.netty;

import org.jspecify.annotations.NullMarked;
