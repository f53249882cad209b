/** The network of a laboratory: hosts with addresses of their own, and how to cut them off from each other. */
@NullMarked
package io.wavegate.load.chaos.net;

import org.jspecify.annotations.NullMarked;
