/** Reading configuration: what the settings of all parts do in the same way. */
@NullMarked
package io.wavegate.s2s.settings;

import org.jspecify.annotations.NullMarked;
