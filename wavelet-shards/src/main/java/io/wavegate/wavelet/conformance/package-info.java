/**
 * Compares our decisions with what the reference implementation computed: vector files in, counts and first failures
 * out. Used by the tests and by the command that checks a folder of vectors.
 */
@NullMarked
package io.wavegate.wavelet.conformance;

import org.jspecify.annotations.NullMarked;
