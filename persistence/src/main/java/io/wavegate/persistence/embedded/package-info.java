/**
 * The journal in a folder of this machine, on RocksDB. One thread writes: whatever arrived while its last write was
 * under way becomes one synced write.
 */
@NullMarked
package io.wavegate.persistence.embedded;

import org.jspecify.annotations.NullMarked;
