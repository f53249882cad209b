/** The client API over WebSocket: one session per socket, deltas pulled at the socket's pace. */
@NullMarked
package io.wavegate.node.session;

import org.jspecify.annotations.NullMarked;
