/** The decisions of one link: what to send, on which stream, when to give up and when to try again. No sockets, clocks or actors. */
@NullMarked
package io.wavegate.s2s.link;

import org.jspecify.annotations.NullMarked;
