/**
 * Derives a wavelet's history again from what its authors signed: transformation, documents, participants, hashes and
 * signatures, each written anew in the simplest way and sharing nothing with the product but the wire schema. Text only. What
 * the product stored is compared with what comes out here.
 */
@NullMarked
package io.wavegate.load.rederive;

import org.jspecify.annotations.NullMarked;
