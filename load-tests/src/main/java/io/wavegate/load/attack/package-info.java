/** Many connections against a running gateway, and what they cost it and others. */
@NullMarked
package io.wavegate.load.attack;

import org.jspecify.annotations.NullMarked;
