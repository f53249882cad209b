/** Stanzas and stanza errors (RFC 6120 section 8) as values. */
@NullMarked
package io.wavegate.s2s.stanza;

import org.jspecify.annotations.NullMarked;
