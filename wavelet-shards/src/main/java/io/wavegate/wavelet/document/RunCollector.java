package io.wavegate.wavelet.document;

import java.util.ArrayList;
import java.util.List;

/** Gathers runs, joining short texts with equal annotations. */
final class RunCollector {
    private final List<Run> runs = new ArrayList<>();

    void add(Run run) {
        int last = runs.size() - 1;
        if (last >= 0
                && runs.get(last) instanceof Run.Text before
                && run instanceof Run.Text after
                && before.canPrecede(after)) {
            runs.set(last, before.followedBy(after));
        } else {
            runs.add(run);
        }
    }

    List<Run> runs() {
        return runs;
    }
}
