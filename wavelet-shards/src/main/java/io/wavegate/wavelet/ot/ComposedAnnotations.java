package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges the annotation changes of two operations under composition: where both change a key, the result changes the
 * first's old value to the second's new value.
 *
 * <p>A boundary takes effect at the next component of its own operation that is written, not where it is read: the
 * other operation's insertions and deletions may still come before it.
 */
final class ComposedAnnotations {
    private final DocOpWriter result;
    private final Side first = new Side();
    private final Side second = new Side();

    ComposedAnnotations(DocOpWriter result) {
        this.result = result;
    }

    void waitInFirst(AnnotationBoundary boundary) {
        first.waiting.add(boundary);
    }

    void waitInSecond(AnnotationBoundary boundary) {
        second.waiting.add(boundary);
    }

    void flush() {
        flushFirst();
        flushSecond();
    }

    void flushFirst() {
        flush(first, second);
    }

    void flushSecond() {
        flush(second, first);
    }

    private void flush(Side side, Side other) {
        if (side.waiting.isEmpty()) {
            return;
        }
        for (AnnotationBoundary boundary : side.waiting) {
            for (String key : boundary.ends()) {
                side.open.remove(key);
                ValueChange others = other.open.get(key);
                if (others == null) {
                    result.end(key);
                } else {
                    result.change(others);
                }
            }
            for (ValueChange change : boundary.changes()) {
                side.open.put(change.key(), change);
                ValueChange others = other.open.get(change.key());
                if (others == null) {
                    result.change(change);
                } else if (side == first) {
                    result.change(new ValueChange(change.key(), change.oldValue(), others.newValue()));
                } else {
                    result.change(new ValueChange(change.key(), others.oldValue(), change.newValue()));
                }
            }
        }
        side.waiting.clear();
    }

    private static final class Side {
        private final List<AnnotationBoundary> waiting = new ArrayList<>(1);
        private final KeyMap<ValueChange> open = new KeyMap<>();
    }
}
