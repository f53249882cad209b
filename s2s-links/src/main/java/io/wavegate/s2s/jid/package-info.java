/** Addresses (RFC 7622), always in prepared form: what is compared, routed and stored is never a raw string. */
@NullMarked
package io.wavegate.s2s.jid;

import org.jspecify.annotations.NullMarked;
