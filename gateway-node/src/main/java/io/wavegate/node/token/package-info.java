/** Bearer tokens of the client API: made by {@code wavegate token}, verified by every node with the key. */
@NullMarked
package io.wavegate.node.token;

import org.jspecify.annotations.NullMarked;
