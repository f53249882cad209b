/** The Wave data model: names, participants, hashed versions, operations and deltas. Plain immutable values. */
@NullMarked
package io.wavegate.wavelet.model;

import org.jspecify.annotations.NullMarked;
