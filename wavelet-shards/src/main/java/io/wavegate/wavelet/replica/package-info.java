/** A replica's decisions about what its host tells: apply, ask for history, keep the good state (spec section 8). */
@NullMarked
package io.wavegate.wavelet.replica;

import org.jspecify.annotations.NullMarked;
