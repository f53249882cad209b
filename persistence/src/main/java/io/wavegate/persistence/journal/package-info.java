/**
 * The journal as its users see it: streams of events appended on condition, read by range, with a snapshot each, and
 * durable sets that change together with an append.
 */
@NullMarked
package io.wavegate.persistence.journal;

import org.jspecify.annotations.NullMarked;
