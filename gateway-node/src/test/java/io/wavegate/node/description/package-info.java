/** The files of {@code docs/client-api}, read by the tests: what is written there is what the gateway does. */
@NullMarked
package io.wavegate.node.description;

import org.jspecify.annotations.NullMarked;
