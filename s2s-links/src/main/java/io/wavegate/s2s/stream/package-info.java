/** XMPP server-to-server streams: state machines without sockets or clocks, and what the rest of the module asks of them. */
@NullMarked
package io.wavegate.s2s.stream;

import org.jspecify.annotations.NullMarked;
