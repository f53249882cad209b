/** The public face of the wavelet shards: what other modules may ask of wavelets, and what wavelets ask of the federation. */
@NullMarked
package io.wavegate.wavelet.api;

import org.jspecify.annotations.NullMarked;
