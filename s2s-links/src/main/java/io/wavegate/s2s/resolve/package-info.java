/**
 * Finding the servers of a domain: SRV, its weighted order, the address fallback, pinned addresses (RFC 6120 section 3.2,
 * RFC 2782). Decisions only; {@code io.wavegate.s2s.dns} asks the questions.
 */
@NullMarked
package io.wavegate.s2s.resolve;

import org.jspecify.annotations.NullMarked;
