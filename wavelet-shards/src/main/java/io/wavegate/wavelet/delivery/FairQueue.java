package io.wavegate.wavelet.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Work that waits for its turn, of several who know nothing of each other. Turns go round: whoever has something waiting has
 * one before anybody has a second, so that a flood of one makes the others wait for one turn of it and not for all. The room is
 * shared like a buffer by "dynamic thresholds" (Choudhury and Hahne, 1998): nobody may have more waiting than there is room
 * left, so that there is always some for who has nothing.
 *
 * <p>A machine with mutable state and one owner.
 *
 * @param <T> a piece of work
 */
public final class FairQueue<T> {
    private final int capacity;
    private final Map<String, Deque<T>> waiting = new LinkedHashMap<>();
    private int size;

    /** @param capacity for all together, at least 2 */
    public FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Puts work at the end of its owner's.
     *
     * @return false if there is no room for it
     */
    public boolean offer(String owner, T work) {
        Deque<T> own = waiting.get(owner);
        int held = own == null ? 0 : own.size();
        if (held >= capacity - size) {
            return false;
        }
        size++;
        if (own == null) {
            own = new ArrayDeque<>();
            waiting.put(owner, own);
        }
        own.add(work);
        return true;
    }

    /** Takes what is next; whoever it was of is last now. */
    public Optional<T> next() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, Deque<T>> first = waiting.entrySet().iterator().next();
        String owner = first.getKey();
        Deque<T> own = first.getValue();
        waiting.remove(owner);
        T work = own.remove();
        size--;
        if (!own.isEmpty()) {
            waiting.put(owner, own);
        }
        return Optional.of(work);
    }

    /** How much waits. */
    public int size() {
        return size;
    }
}
