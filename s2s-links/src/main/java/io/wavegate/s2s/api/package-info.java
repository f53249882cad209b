/** What other modules see of links. Starting them is the business of whoever wires a node. */
@NullMarked
package io.wavegate.s2s.api;

import org.jspecify.annotations.NullMarked;
