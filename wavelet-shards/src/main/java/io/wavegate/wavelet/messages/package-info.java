/** How messages between nodes of one cluster become bytes. */
@NullMarked
package io.wavegate.wavelet.messages;

import org.jspecify.annotations.NullMarked;
