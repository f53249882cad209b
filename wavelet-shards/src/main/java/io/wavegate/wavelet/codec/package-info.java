/** Protobuf to model and back: deltas, applied deltas, operations and what is stored of wavelets. */
@NullMarked
package io.wavegate.wavelet.codec;

import org.jspecify.annotations.NullMarked;
