/** Asks DNS through dnsjava, and resolves domains with it. */
@NullMarked
package io.wavegate.s2s.dns;

import org.jspecify.annotations.NullMarked;
