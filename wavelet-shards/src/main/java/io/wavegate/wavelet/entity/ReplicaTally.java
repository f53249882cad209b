package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.ReplicaCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link ReplicaCounts} tells. Safe for many threads. */
final class ReplicaTally {
    final LongAdder contradicted = new LongAdder();
    final LongAdder continued = new LongAdder();
    final LongAdder replaced = new LongAdder();
    final LongAdder abandoned = new LongAdder();

    ReplicaCounts counts() {
        return new ReplicaCounts(contradicted.sum(), continued.sum(), replaced.sum(), abandoned.sum());
    }
}
