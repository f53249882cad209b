/** Chaos, for real: gateways, stores and peers as processes, load that does not wait, faults, and a judgement of what was seen. */
@NullMarked
package io.wavegate.load.chaos;

import org.jspecify.annotations.NullMarked;
