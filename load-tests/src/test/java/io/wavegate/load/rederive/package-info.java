/** Tests of the second opinion on histories. */
@NullMarked
package io.wavegate.load.rederive;

import org.jspecify.annotations.NullMarked;
