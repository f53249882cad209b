/** Runs checks: asks DNS, opens streams and asks questions, and hands the facts to {@code check}. */
@NullMarked
package io.wavegate.s2s.probe;

import org.jspecify.annotations.NullMarked;
