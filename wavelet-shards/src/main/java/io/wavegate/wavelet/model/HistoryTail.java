package io.wavegate.wavelet.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The most recent run of a wavelet's history, ending at its head. Immutable. Appending takes constant time on average:
 * tails that grew out of each other look at one array, each at its own part of it. A place in the array is written once,
 * by the first tail that grows into it; another one that grows from the same point copies. What was trimmed is let go of
 * at the next copy: an array is never more than twice as long as what it was made for.
 */
public final class HistoryTail {
    private static final int LEAST_ROOM = 16;

    private final HashedVersion from;
    private final Room room;
    private final int start;
    private final int end;
    private final List<AppliedDelta> deltas;
    private final long bytes;

    /** An array and how much of it has been written. */
    private record Room(AppliedDelta[] places, AtomicInteger written) {
        static Room of(int size) {
            return new Room(new AppliedDelta[size], new AtomicInteger());
        }

        /** True if the next {@code count} places after {@code end} are there and now the caller's. */
        boolean claim(int end, int count) {
            return end + count <= places.length && written.compareAndSet(end, end + count);
        }
    }

    private HistoryTail(HashedVersion from, Room room, int start, int end, long bytes) {
        this.from = from;
        this.room = room;
        this.start = start;
        this.end = end;
        this.deltas = Collections.unmodifiableList(Arrays.asList(room.places()).subList(start, end));
        this.bytes = bytes;
    }

    /** A tail without deltas: all that is known is the head. */
    public static HistoryTail startingAt(HashedVersion head) {
        return new HistoryTail(head, Room.of(0), 0, 0, 0);
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
        HashedVersion head = head();
        long size = bytes;
        for (AppliedDelta delta : more) {
            if (!delta.appliedAt().equals(head)) {
                throw new IllegalArgumentException(
                        "a delta applied at " + delta.appliedAt() + " does not follow " + head);
            }
            head = delta.result();
            size += delta.bytes().size();
        }
        if (room.claim(end, more.size())) {
            put(room, end, more);
            return new HistoryTail(from, room, start, end + more.size(), size);
        }
        int kept = end - start;
        Room roomier = Room.of(Math.max(LEAST_ROOM, 2 * (kept + more.size())));
        System.arraycopy(room.places(), start, roomier.places(), 0, kept);
        put(roomier, kept, more);
        roomier.written().set(kept + more.size());
        return new HistoryTail(from, roomier, 0, kept + more.size(), size);
    }

    private static void put(Room room, int at, List<AppliedDelta> deltas) {
        int next = at;
        for (AppliedDelta delta : deltas) {
            room.places()[next++] = delta;
        }
    }

    /** Without the oldest deltas, so that at most {@code maxDeltas} of together at most {@code maxBytes} remain. */
    public HistoryTail trim(int maxDeltas, long maxBytes) {
        int drop = 0;
        long size = bytes;
        while (drop < deltas.size() && (deltas.size() - drop > maxDeltas || size > maxBytes)) {
            size -= deltas.get(drop).bytes().size();
            drop++;
        }
        return drop == 0 ? this : new HistoryTail(deltas.get(drop - 1).result(), room, start + drop, end, size);
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
        if (version >= head().version()) {
            // What almost everything is made against.
            return deltas.size();
        }
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
