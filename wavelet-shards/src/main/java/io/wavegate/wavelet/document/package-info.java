/**
 * Documents: immutable values that operations are applied to at a cost that hardly depends on the document's length.
 */
@NullMarked
package io.wavegate.wavelet.document;

import org.jspecify.annotations.NullMarked;
