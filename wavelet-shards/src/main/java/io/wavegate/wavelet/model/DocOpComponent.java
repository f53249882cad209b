package io.wavegate.wavelet.model;

import java.util.List;
import java.util.Optional;

/**
 * One component of a document operation (spec section 10). Components are plain data: rules of well-formedness are
 * checked where an operation enters, not here.
 */
public sealed interface DocOpComponent {
    /** Inserts text. */
    record Characters(String text) implements DocOpComponent {}

    /** Inserts an element start. */
    record ElementStart(String type, Attributes attributes) implements DocOpComponent {}

    /** Inserts an element end. */
    record ElementEnd() implements DocOpComponent {
        public static final ElementEnd INSTANCE = new ElementEnd();
    }

    /** Keeps {@code itemCount} items: UTF-16 code units, element starts or element ends. */
    record Retain(int itemCount) implements DocOpComponent {}

    /** Deletes exactly this text. */
    record DeleteCharacters(String text) implements DocOpComponent {}

    /** Deletes an element start of exactly this type and attributes. */
    record DeleteElementStart(String type, Attributes attributes) implements DocOpComponent {}

    /** Deletes an element end. */
    record DeleteElementEnd() implements DocOpComponent {
        public static final DeleteElementEnd INSTANCE = new DeleteElementEnd();
    }

    /** Keeps one element start and replaces all its attributes. */
    record ReplaceAttributes(Attributes oldAttributes, Attributes newAttributes) implements DocOpComponent {}

    /** Keeps one element start and changes some of its attributes. */
    record UpdateAttributes(List<ValueChange> changes) implements DocOpComponent {
        public UpdateAttributes {
            changes = List.copyOf(changes);
        }
    }

    /** Zero-width: ends and begins changes of annotations. */
    record AnnotationBoundary(List<String> ends, List<ValueChange> changes) implements DocOpComponent {
        public AnnotationBoundary {
            ends = List.copyOf(ends);
            changes = List.copyOf(changes);
        }
    }

    /**
     * A change of one attribute's or annotation's value.
     *
     * @param key which
     * @param oldValue the value before; empty = absent
     * @param newValue the value after; empty = removed
     */
    record ValueChange(String key, Optional<String> oldValue, Optional<String> newValue) {}
}
