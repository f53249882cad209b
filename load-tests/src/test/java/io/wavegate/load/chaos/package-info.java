/** Bad input and bad luck, against gateways that run as processes of their own: killed, cut off, starved and lied to. */
@NullMarked
package io.wavegate.load.chaos;

import org.jspecify.annotations.NullMarked;
