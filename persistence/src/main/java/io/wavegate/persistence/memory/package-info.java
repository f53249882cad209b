/** A journal that keeps nothing: for trials, benchmarks and the tests of other modules. */
@NullMarked
package io.wavegate.persistence.memory;

import org.jspecify.annotations.NullMarked;
