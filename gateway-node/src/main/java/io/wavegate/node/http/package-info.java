/** The client API over HTTP: a table of endpoints, and what each does with {@code Wavelets}. */
@NullMarked
package io.wavegate.node.http;

import org.jspecify.annotations.NullMarked;
