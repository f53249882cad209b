/** What the program wires together and what it shows to operators. */
@NullMarked
package io.wavegate.s2s.api;

import org.jspecify.annotations.NullMarked;
