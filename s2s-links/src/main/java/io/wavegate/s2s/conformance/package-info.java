/** Our stanzas judged by what the reference implementation was seen to send and answer. */
@NullMarked
package io.wavegate.s2s.conformance;

import org.jspecify.annotations.NullMarked;
