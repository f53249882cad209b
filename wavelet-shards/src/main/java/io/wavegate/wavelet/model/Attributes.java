package io.wavegate.wavelet.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of an element, sorted by name in UTF-16 order, unique (spec section 10.1).
 *
 * @param values unmodifiable
 */
public record Attributes(SortedMap<String, String> values) {
    public static final Attributes NONE = new Attributes(Collections.emptySortedMap());

    public Attributes {
        values = values.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Attributes of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Attributes(new TreeMap<>(values));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }
}
