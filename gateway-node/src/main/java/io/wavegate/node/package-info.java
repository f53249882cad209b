/** The program: command line, wiring, client API, demo. */
@NullMarked
package io.wavegate.node;

import org.jspecify.annotations.NullMarked;
