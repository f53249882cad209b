/**
 * Operational transformation of document and wavelet operations (spec section 10): well-formedness, composition,
 * inversion and transformation. Everything here is a pure function of its arguments.
 *
 * <p>Results are always in normal form: neighbouring retains, insertions and deletions of text are one component, keys
 * are sorted, and an annotation boundary stands right before the component it matters for and says only what changes.
 * Two operations that do the same are therefore usually equal, which the recognition of resubmitted deltas rests on
 * (spec section 7.1, step 9).
 */
@NullMarked
package io.wavegate.wavelet.ot;

import org.jspecify.annotations.NullMarked;
