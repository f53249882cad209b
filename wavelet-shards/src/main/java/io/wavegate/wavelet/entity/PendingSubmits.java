package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Submits of one wavelet that wait for the write under way; bounded by number and bytes. */
final class PendingSubmits {
    private final WaveletSettings.Batch limits;
    private final ArrayDeque<Submit> waiting = new ArrayDeque<>();
    private long bytes;

    PendingSubmits(WaveletSettings.Batch limits) {
        this.limits = limits;
    }

    /** False if there is no room. */
    boolean offer(Submit submit) {
        if (waiting.size() >= limits.maxPending() || bytes >= limits.maxPendingBytes()) {
            return false;
        }
        waiting.add(submit);
        bytes += size(submit);
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The oldest ones that one write takes. */
    List<Submit> takeBatch() {
        List<Submit> batch = new ArrayList<>();
        long batchBytes = 0;
        while (!waiting.isEmpty() && batch.size() < limits.maxDeltas() && batchBytes < limits.maxBytes()) {
            Submit submit = waiting.remove();
            batch.add(submit);
            batchBytes += size(submit);
        }
        bytes -= batchBytes;
        return batch;
    }

    private static long size(Submit submit) {
        return submit.submission().signed().bytes().size();
    }
}
