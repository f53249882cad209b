package io.wavegate.wavelet.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The most recent run of a wavelet's history, ending at its head. Immutable; appending copies one reference for each
 * delta that is kept, so trim it to hundreds or thousands.
 */
public final class HistoryTail {
    private final HashedVersion from;
    private final List<AppliedDelta> deltas;
    private final long bytes;

    private HistoryTail(HashedVersion from, List<AppliedDelta> deltas, long bytes) {
        this.from = from;
        this.deltas = Collections.unmodifiableList(deltas);
        this.bytes = bytes;
    }

    /** A tail without deltas: all that is known is the head. */
    public static HistoryTail startingAt(HashedVersion head) {
        return new HistoryTail(head, List.of(), 0);
    }

    /**
     * The deltas from a version on.
     *
     * @throws IllegalArgumentException if they do not follow each other
     */
    public static HistoryTail of(HashedVersion from, List<AppliedDelta> deltas) {
        return startingAt(from).appendAll(deltas);
    }

    /** The boundary that it reaches back to. */
    public HashedVersion from() {
        return from;
    }

    /** The boundary that it ends at. */
    public HashedVersion head() {
        return deltas.isEmpty() ? from : deltas.get(deltas.size() - 1).result();
    }

    /** Oldest first. */
    public List<AppliedDelta> deltas() {
        return deltas;
    }

    /** The serialized size of its deltas: a measure of the memory it keeps. */
    public long bytes() {
        return bytes;
    }

    /** One delta longer. */
    public HistoryTail append(AppliedDelta delta) {
        return appendAll(List.of(delta));
    }

    /** Longer by these. */
    public HistoryTail appendAll(List<AppliedDelta> more) {
        List<AppliedDelta> all = new ArrayList<>(deltas.size() + more.size());
        all.addAll(deltas);
        HashedVersion head = head();
        long size = bytes;
        for (AppliedDelta delta : more) {
            if (!delta.appliedAt().equals(head)) {
                throw new IllegalArgumentException(
                        "a delta applied at " + delta.appliedAt() + " does not follow " + head);
            }
            all.add(delta);
            head = delta.result();
            size += delta.bytes().size();
        }
        return new HistoryTail(from, all, size);
    }

    /** Without the oldest deltas, so that at most {@code maxDeltas} of together at most {@code maxBytes} remain. */
    public HistoryTail trim(int maxDeltas, long maxBytes) {
        int drop = 0;
        long size = bytes;
        while (drop < deltas.size() && (deltas.size() - drop > maxDeltas || size > maxBytes)) {
            size -= deltas.get(drop).bytes().size();
            drop++;
        }
        return drop == 0
                ? this
                : new HistoryTail(
                        deltas.get(drop - 1).result(), new ArrayList<>(deltas.subList(drop, deltas.size())), size);
    }

    /** The boundary with this version number, if it is one within this tail. */
    public Optional<HashedVersion> boundary(long version) {
        if (version == head().version()) {
            return Optional.of(head());
        }
        return startingAt(version).map(AppliedDelta::appliedAt);
    }

    /** The delta that applied at this version, if it is in this tail. */
    public Optional<AppliedDelta> startingAt(long version) {
        int index = indexOf(version);
        return index < deltas.size() && deltas.get(index).appliedAt().version() == version
                ? Optional.of(deltas.get(index))
                : Optional.empty();
    }

    /** The delta that ends at this version, if it is in this tail. */
    public Optional<AppliedDelta> endingAt(long version) {
        int index = indexOf(version) - 1;
        return index >= 0 && deltas.get(index).result().version() == version
                ? Optional.of(deltas.get(index))
                : Optional.empty();
    }

    /** The deltas that applied at this version or later, oldest first. */
    public List<AppliedDelta> since(long version) {
        return deltas.subList(indexOf(version), deltas.size());
    }

    // The first delta that applied at the version or later.
    private int indexOf(long version) {
        int low = 0;
        int high = deltas.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (deltas.get(middle).appliedAt().version() < version) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
