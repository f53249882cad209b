/** Who signed a delta, and whether that domain may: signer ids, certificate chains, signatures (spec section 6). */
@NullMarked
package io.wavegate.wavelet.trust;

import org.jspecify.annotations.NullMarked;
