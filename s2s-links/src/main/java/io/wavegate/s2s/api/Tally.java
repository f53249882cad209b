package io.wavegate.s2s.api;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of what is one of a closed set, each from zero on. Safe for use by many threads.
 *
 * @param <E> the set
 */
public final class Tally<E extends Enum<E>> {
    private final List<E> values;
    private final AtomicLongArray counts;

    /** All zero. */
    public Tally(Class<E> type) {
        values = Arrays.asList(type.getEnumConstants());
        counts = new AtomicLongArray(values.size());
    }

    /** One more. */
    public void add(E value) {
        counts.incrementAndGet(value.ordinal());
    }

    /** How many so far. */
    public long of(E value) {
        return counts.get(value.ordinal());
    }

    /** What is counted. */
    public List<E> values() {
        return values;
    }
}
