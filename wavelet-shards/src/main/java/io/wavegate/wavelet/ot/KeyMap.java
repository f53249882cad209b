package io.wavegate.wavelet.ot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small map sorted by key, emptied and filled again many times. Operations have a handful of annotation keys, so
 * sorted arrays beat trees and hash tables; boundaries list their keys in order, so insertion is mostly at the end.
 *
 * @param <V> values; a key may be held with no value
 */
public final class KeyMap<V> {
    private static final int INITIAL_CAPACITY = 4;

    private String[] keys = new String[0];
    private @Nullable Object[] values = new Object[0];
    private int size;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public String key(int index) {
        return keys[index];
    }

    @SuppressWarnings("unchecked")
    public @Nullable V value(int index) {
        return (V) values[index];
    }

    public @Nullable V get(String key) {
        int at = find(key);
        return at < 0 ? null : value(at);
    }

    public boolean contains(String key) {
        return find(key) >= 0;
    }

    public void put(String key, @Nullable V value) {
        int at = find(key);
        if (at < 0) {
            at = -at - 1;
            makeRoomAt(at);
            keys[at] = key;
        }
        values[at] = value;
    }

    public void putIfAbsent(String key, @Nullable V value) {
        int at = find(key);
        if (at < 0) {
            at = -at - 1;
            makeRoomAt(at);
            keys[at] = key;
            values[at] = value;
        }
    }

    public void remove(String key) {
        int at = find(key);
        if (at >= 0) {
            size--;
            System.arraycopy(keys, at + 1, keys, at, size - at);
            System.arraycopy(values, at + 1, values, at, size - at);
            values[size] = null;
        }
    }

    public void clear() {
        if (size > 0) {
            Arrays.fill(values, 0, size, null);
            size = 0;
        }
    }

    // The place of a key, or of its insertion as -place - 1.
    private int find(String key) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = keys[middle].compareTo(key);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private void makeRoomAt(int at) {
        if (size == keys.length) {
            int capacity = Math.max(INITIAL_CAPACITY, size * 2);
            keys = Arrays.copyOf(keys, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        size++;
    }
}
