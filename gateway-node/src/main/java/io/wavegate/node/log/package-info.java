/** What becomes of lines for an operator between who writes them and the output. */
@NullMarked
package io.wavegate.node.log;

import org.jspecify.annotations.NullMarked;
