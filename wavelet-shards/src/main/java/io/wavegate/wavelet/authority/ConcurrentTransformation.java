package io.wavegate.wavelet.authority;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.ot.TransformException;
import io.wavegate.wavelet.ot.WaveletOperationTransformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a delta's operations over concurrent deltas of the history, one by one (spec 7.1 step 9). Host and replica run
 * this same computation, and must agree.
 *
 * <p>The rule for several operations (spec 7.2) looks wrong and is kept: each operation of the delta is transformed over
 * the stored operations as they stand; those are not taken forward over the delta's earlier operations. A replica at the
 * reference repeats exactly that from the signed original, so a host that did better would corrupt it.
 *
 * <p>Because of that rule the operations of the delta do not influence each other, and each stored operation needs to
 * meet only those that are about the same thing: the same document, or participants.
 */
public final class ConcurrentTransformation {
    private final ParticipantId author;
    private final List<WaveletOperation> operations;
    private final Map<String, List<Integer>> byDocument = new HashMap<>();
    private final List<Integer> aboutParticipants = new ArrayList<>();
    private final long maxWork;
    private long work;

    /**
     * @param delta as submitted
     * @param maxWork how many document operation components and annotation keys may pass through transformations, both
     *     sides counted
     */
    public ConcurrentTransformation(WaveletDelta delta, long maxWork) {
        this.author = delta.author();
        this.operations = new ArrayList<>(delta.operations());
        this.maxWork = maxWork;
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof MutateDocument mutation) {
                byDocument
                        .computeIfAbsent(mutation.documentId(), id -> new ArrayList<>())
                        .add(i);
            } else {
                aboutParticipants.add(i);
            }
        }
    }

    /**
     * True if the delta, as transformed so far, is this delta of the history: the same author, the same operations. Then
     * it is no new delta but that one handed in again. Compared is how the operations are written, not what they do: as
     * submitted before the first transformation, in normal form after it, like the reference.
     */
    public boolean isSameAs(AppliedDelta stored) {
        return stored.author().equals(author) && stored.operations().equals(operations);
    }

    /**
     * Transforms over one more delta of the history.
     *
     * @throws TransformException if both cannot be done, or the work exceeds its bound ({@link #isExhausted()})
     */
    public void over(AppliedDelta stored) {
        for (WaveletOperation server : stored.operations()) {
            over(server, stored.author());
        }
    }

    /** True if a transformation was given up because it would have cost more than the bound. */
    public boolean isExhausted() {
        return work > maxWork;
    }

    /** The operations as transformed so far; as many as were submitted. */
    public List<WaveletOperation> operations() {
        return List.copyOf(operations);
    }

    private void over(WaveletOperation server, ParticipantId serverAuthor) {
        if (server instanceof MutateDocument mutation) {
            for (int i : byDocument.getOrDefault(mutation.documentId(), List.of())) {
                charge(operations.get(i), mutation);
                transform(i, server, serverAuthor);
            }
            return;
        }
        if (server instanceof WaveletOperation.NoOp) {
            return;
        }
        // About participants: it meets the delta's own, and its author whatever the delta does.
        for (int i : aboutParticipants) {
            transform(i, server, serverAuthor);
        }
        if (aboutParticipants.isEmpty()) {
            transform(0, server, serverAuthor);
        }
    }

    private void transform(int index, WaveletOperation server, ParticipantId serverAuthor) {
        operations.set(
                index,
                WaveletOperationTransformer.transform(operations.get(index), author, server, serverAuthor)
                        .client());
    }

    private void charge(WaveletOperation client, MutateDocument server) {
        work += client instanceof MutateDocument mutation ? cost(mutation.operation()) : 0;
        work += cost(server.operation());
        if (isExhausted()) {
            throw new TransformException("transforming it would cost more than " + maxWork + " components");
        }
    }

    // A boundary is as many steps as it has keys.
    private static long cost(DocOp operation) {
        long cost = operation.components().size();
        for (DocOpComponent component : operation.components()) {
            if (component instanceof AnnotationBoundary boundary) {
                cost += boundary.ends().size() + boundary.changes().size();
            }
        }
        return cost;
    }
}
