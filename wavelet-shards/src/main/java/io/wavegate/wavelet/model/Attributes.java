package io.wavegate.wavelet.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of an element, sorted by name in UTF-16 order, unique (spec section 10.1). Annotations of an item have
 * the same shape and use this type too.
 */
public final class Attributes {
    public static final Attributes NONE = new Attributes(new String[0], new String[0]);

    // Two parallel arrays: elements have a handful of attributes, and transforming compares and copies them far more
    // often than it looks one up.
    private final String[] names;
    private final String[] values;
    // Made when it is asked for first; 0 until then. Two threads make the same.
    private int hash;

    private Attributes(String[] names, String[] values) {
        this.names = names;
        this.values = values;
    }

    /** Copies a map; the last of equal names has won already. */
    public Attributes(Map<String, String> values) {
        SortedMap<String, String> sorted = new TreeMap<>(values);
        this.names = sorted.keySet().toArray(new String[0]);
        this.values = sorted.values().toArray(new String[0]);
    }

    public static Attributes of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Attributes(values);
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    public int size() {
        return names.length;
    }

    /** The name at a place in sorted order, from 0. */
    public String name(int index) {
        return names[index];
    }

    /** The value at a place in the names' sorted order, from 0. */
    public String value(int index) {
        return values[index];
    }

    public Optional<String> get(String name) {
        int at = Arrays.binarySearch(names, name);
        return at < 0 ? Optional.empty() : Optional.of(values[at]);
    }

    /** A copy as a map, unmodifiable. */
    public SortedMap<String, String> values() {
        TreeMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], values[i]);
        }
        return Collections.unmodifiableSortedMap(map);
    }

    /** True if every change's old value is the value held here. */
    public boolean matchOldValuesOf(List<DocOpComponent.ValueChange> changes) {
        for (DocOpComponent.ValueChange change : changes) {
            if (!get(change.key()).equals(change.oldValue())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The attributes after some changes; old values are not looked at.
     *
     * @param changes sorted by key, unique
     */
    public Attributes with(List<DocOpComponent.ValueChange> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        String[] mergedNames = new String[names.length + changes.size()];
        String[] mergedValues = new String[mergedNames.length];
        int size = 0;
        int mine = 0;
        for (DocOpComponent.ValueChange change : changes) {
            int order = -1;
            while (mine < names.length && (order = names[mine].compareTo(change.key())) < 0) {
                mergedNames[size] = names[mine];
                mergedValues[size++] = values[mine++];
            }
            if (mine < names.length && order == 0) {
                mine++;
            }
            if (change.newValue().isPresent()) {
                mergedNames[size] = change.key();
                mergedValues[size++] = change.newValue().get();
            }
        }
        int rest = names.length - mine;
        System.arraycopy(names, mine, mergedNames, size, rest);
        System.arraycopy(values, mine, mergedValues, size, rest);
        size += rest;
        return size == 0 ? NONE : new Attributes(Arrays.copyOf(mergedNames, size), Arrays.copyOf(mergedValues, size));
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Attributes that
                        && names.length == that.names.length
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
