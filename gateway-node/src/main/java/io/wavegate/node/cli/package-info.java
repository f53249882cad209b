/** The command line: each command reads its options, calls what does the work, and prints. */
@NullMarked
package io.wavegate.node.cli;

import org.jspecify.annotations.NullMarked;
