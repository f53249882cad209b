/** A Java client of the client API: local documents that are edited at once and kept in the host's order. Needs the JDK, Jackson and the wave model only. */
@NullMarked
package io.wavegate.node.client;

import org.jspecify.annotations.NullMarked;
