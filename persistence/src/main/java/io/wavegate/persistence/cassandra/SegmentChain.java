package io.wavegate.persistence.cassandra;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the events of a stream lie: the partitions ("segments") it has used so far, and its head. Immutable, no I/O.
 *
 * <pre>
 *   segment 0            segment 1 unused       segment 2
 *   0 ........ head 250,017 ------------------> 250,017 ..... head 250,040
 *   closed: its head lies beyond it             current: its head lies within
 * </pre>
 *
 * An append belongs to the segment that its expected head falls into, all of it, also the part beyond the border. Heads
 * only grow, so a segment whose head lies beyond it can never again be the segment of an append: it needs no other seal.
 *
 * @param starts the heads at which the used segments begin, ascending, the first 0; the last is the current one's
 * @param head the stream's head as last seen; it can only have grown since
 * @param size positions per segment
 */
record SegmentChain(List<Long> starts, long head, long size) {
    SegmentChain {
        starts = List.copyOf(starts);
    }

    /** A part of one segment. */
    record Slice(long segment, long from, long until) {}

    static SegmentChain empty(long size) {
        return new SegmentChain(List.of(0L), 0, size);
    }

    /** The segment that the next append goes to. */
    long current() {
        return segmentOf(starts.get(starts.size() - 1));
    }

    /** All that have been used, the newest first. */
    List<Long> newestFirst() {
        List<Long> segments = new ArrayList<>();
        for (int i = starts.size() - 1; i >= 0; i--) {
            segments.add(segmentOf(starts.get(i)));
        }
        return segments;
    }

    /** True if nothing has been appended to the current segment yet: it has no head of its own. */
    boolean isCurrentFresh() {
        return head == starts.get(starts.size() - 1);
    }

    /** After an append to the current segment, or after reading its head. */
    SegmentChain advanced(long newHead) {
        if (segmentOf(newHead) == current()) {
            return new SegmentChain(starts, newHead, size);
        }
        List<Long> longer = new ArrayList<>(starts);
        longer.add(newHead);
        return new SegmentChain(longer, newHead, size);
    }

    /** Which parts of which segments hold {@code from <= position < until}, ascending. */
    List<Slice> slices(long from, long until) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            long begin = Math.max(from, starts.get(i));
            long end = Math.min(until, i + 1 < starts.size() ? starts.get(i + 1) : head);
            if (begin < end) {
                slices.add(new Slice(segmentOf(starts.get(i)), begin, end));
            }
        }
        return slices;
    }

    private long segmentOf(long position) {
        return position / size;
    }
}
