/** The host's decisions about deltas: order, transformation, access and who is told (spec section 7). */
@NullMarked
package io.wavegate.wavelet.authority;

import org.jspecify.annotations.NullMarked;
