/** JMH benchmarks of the pure cores: rates against document length, lateness and operation shape. */
@NullMarked
package io.wavegate.load.bench;

import org.jspecify.annotations.NullMarked;
