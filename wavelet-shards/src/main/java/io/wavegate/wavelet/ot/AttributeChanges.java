package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Algebra of the changes in {@code update_attributes}: lists sorted by key, unique. */
final class AttributeChanges {
    private AttributeChanges() {}

    /** One after the other: per key the old value of the first and the new value of the second. */
    static List<ValueChange> compose(List<ValueChange> first, List<ValueChange> second) {
        List<ValueChange> both = new ArrayList<>(first.size() + second.size());
        int at = 0;
        for (ValueChange later : second) {
            while (at < first.size() && first.get(at).key().compareTo(later.key()) < 0) {
                both.add(first.get(at++));
            }
            if (at < first.size() && first.get(at).key().equals(later.key())) {
                ValueChange earlier = first.get(at++);
                if (!earlier.newValue().equals(later.oldValue())) {
                    throw new CompositionException("the second operation changes attribute " + later.key()
                            + " from a value the first does not leave there");
                }
                both.add(new ValueChange(later.key(), earlier.oldValue(), later.newValue()));
            } else {
                both.add(later);
            }
        }
        both.addAll(first.subList(at, first.size()));
        return both;
    }

    /**
     * True if the changes can be of these attributes, as far as the reference looks: it does not notice a wrong old
     * value of a key that comes after all the names. Operations made for one document never get there, but a delta's
     * second operation on a document is transformed in a wrong context (spec section 7.2), where every replica must
     * accept and refuse the same.
     */
    static boolean mayChange(Attributes attributes, List<ValueChange> changes) {
        for (ValueChange change : changes) {
            boolean behind = attributes.isEmpty()
                    || attributes.name(attributes.size() - 1).compareTo(change.key()) < 0;
            if (!behind && !attributes.get(change.key()).equals(change.oldValue())) {
                return false;
            }
        }
        return true;
    }

    /** The changes, as they are after others: the old value of a key both change is what the others made of it. */
    static List<ValueChange> after(List<ValueChange> changes, List<ValueChange> others) {
        List<ValueChange> result = new ArrayList<>(changes.size());
        for (ValueChange change : changes) {
            ValueChange other = find(others, change.key());
            Optional<String> oldValue = other == null ? change.oldValue() : other.newValue();
            result.add(new ValueChange(change.key(), oldValue, change.newValue()));
        }
        return result;
    }

    /** The changes of keys that others do not change. */
    static List<ValueChange> without(List<ValueChange> changes, List<ValueChange> others) {
        List<ValueChange> result = new ArrayList<>(changes.size());
        for (ValueChange change : changes) {
            if (find(others, change.key()) == null) {
                result.add(change);
            }
        }
        return result;
    }

    private static @Nullable ValueChange find(List<ValueChange> sorted, String key) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted.get(middle).key().compareTo(key);
            if (order == 0) {
                return sorted.get(middle);
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
