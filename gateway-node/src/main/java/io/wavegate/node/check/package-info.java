/** Reports of checks as JSON. */
@NullMarked
package io.wavegate.node.check;

import org.jspecify.annotations.NullMarked;
