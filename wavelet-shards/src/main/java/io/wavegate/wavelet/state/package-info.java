/** A wavelet at a version: who is on it and its documents; what operations make of it. Immutable. */
@NullMarked
package io.wavegate.wavelet.state;

import org.jspecify.annotations.NullMarked;
