/** Inputs that strangers choose, tried by a coverage-guided fuzzer; what it found stays as a test. */
@NullMarked
package io.wavegate.load.fuzz;

import org.jspecify.annotations.NullMarked;
