/**
 * The journal in Cassandra, for clusters. Every append is one conditional write of one partition, so of two owners of a
 * stream only one can write, whatever they believe.
 */
@NullMarked
package io.wavegate.persistence.cassandra;

import org.jspecify.annotations.NullMarked;
