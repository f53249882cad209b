/** What is stored: the journal, its schema and its two stores (a folder, or Cassandra). */
@NullMarked
package io.wavegate.persistence;

import org.jspecify.annotations.NullMarked;
