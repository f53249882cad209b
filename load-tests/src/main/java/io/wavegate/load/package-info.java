/** Load, benchmarks and architecture checks: what is claimed is measured here. */
@NullMarked
package io.wavegate.load;

import org.jspecify.annotations.NullMarked;
