package io.wavegate.wavelet.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One component of a document operation (spec section 10). Components are plain data: rules of well-formedness are
 * checked where an operation enters, not here.
 */
public sealed interface DocOpComponent {
    /** Which of the ten; dispatch by {@code switch} on this is exhaustive and cheap. */
    Kind kind();

    /** Names the kinds of components. */
    enum Kind {
        CHARACTERS,
        ELEMENT_START,
        ELEMENT_END,
        RETAIN,
        DELETE_CHARACTERS,
        DELETE_ELEMENT_START,
        DELETE_ELEMENT_END,
        REPLACE_ATTRIBUTES,
        UPDATE_ATTRIBUTES,
        ANNOTATION_BOUNDARY
    }

    /** Inserts text. */
    record Characters(String text) implements DocOpComponent {
        @Override
        public Kind kind() {
            return Kind.CHARACTERS;
        }
    }

    /** Inserts an element start. */
    record ElementStart(String type, Attributes attributes) implements DocOpComponent {
        @Override
        public Kind kind() {
            return Kind.ELEMENT_START;
        }
    }

    /** Inserts an element end. */
    record ElementEnd() implements DocOpComponent {
        public static final ElementEnd INSTANCE = new ElementEnd();

        @Override
        public Kind kind() {
            return Kind.ELEMENT_END;
        }
    }

    /** Keeps {@code itemCount} items: UTF-16 code units, element starts or element ends. */
    record Retain(int itemCount) implements DocOpComponent {
        @Override
        public Kind kind() {
            return Kind.RETAIN;
        }
    }

    /** Deletes exactly this text. */
    record DeleteCharacters(String text) implements DocOpComponent {
        @Override
        public Kind kind() {
            return Kind.DELETE_CHARACTERS;
        }
    }

    /** Deletes an element start of exactly this type and attributes. */
    record DeleteElementStart(String type, Attributes attributes) implements DocOpComponent {
        @Override
        public Kind kind() {
            return Kind.DELETE_ELEMENT_START;
        }
    }

    /** Deletes an element end. */
    record DeleteElementEnd() implements DocOpComponent {
        public static final DeleteElementEnd INSTANCE = new DeleteElementEnd();

        @Override
        public Kind kind() {
            return Kind.DELETE_ELEMENT_END;
        }
    }

    /** Keeps one element start and replaces all its attributes. */
    record ReplaceAttributes(Attributes oldAttributes, Attributes newAttributes) implements DocOpComponent {
        @Override
        public Kind kind() {
            return Kind.REPLACE_ATTRIBUTES;
        }
    }

    /**
     * Keeps one element start and changes some of its attributes.
     *
     * @param changes sorted by key, in whatever order they are given; equal keys stay, and are ill-formed
     */
    record UpdateAttributes(List<ValueChange> changes) implements DocOpComponent {
        public UpdateAttributes {
            changes = ValueChange.sorted(changes);
        }

        @Override
        public Kind kind() {
            return Kind.UPDATE_ATTRIBUTES;
        }
    }

    /** Zero-width: ends and begins changes of annotations. */
    record AnnotationBoundary(List<String> ends, List<ValueChange> changes) implements DocOpComponent {
        public AnnotationBoundary {
            ends = List.copyOf(ends);
            changes = List.copyOf(changes);
        }

        @Override
        public Kind kind() {
            return Kind.ANNOTATION_BOUNDARY;
        }
    }

    /**
     * A change of one attribute's or annotation's value.
     *
     * @param key which
     * @param oldValue the value before; empty = absent
     * @param newValue the value after; empty = removed
     */
    record ValueChange(String key, Optional<String> oldValue, Optional<String> newValue) {
        private static List<ValueChange> sorted(List<ValueChange> changes) {
            for (int i = 1; i < changes.size(); i++) {
                if (changes.get(i - 1).key().compareTo(changes.get(i).key()) > 0) {
                    return changes.stream()
                            .sorted(Comparator.comparing(ValueChange::key))
                            .toList();
                }
            }
            return List.copyOf(changes);
        }
    }
}
