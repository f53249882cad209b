/** Who vouches for other domains in TLS, and how a change of that is noticed. Decisions only. */
@NullMarked
package io.wavegate.s2s.vouch;

import org.jspecify.annotations.NullMarked;
