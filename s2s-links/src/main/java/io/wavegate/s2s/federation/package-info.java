/** Wave over XMPP: codecs of every Wave stanza, the answers to what other domains ask, and discovery of their wave service. No sockets, clocks or actors. */
@NullMarked
package io.wavegate.s2s.federation;

import org.jspecify.annotations.NullMarked;
