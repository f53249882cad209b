package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.Kind;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import java.util.List;

/**
 * Reads an operation component by component, where the component last taken can be used up in parts: two operations
 * walked in step cut each other's retains and texts.
 */
final class OpCursor {
    private final List<DocOpComponent> components;
    private final int count;
    private int next;
    private DocOpComponent current = DocOpComponent.ElementEnd.INSTANCE;
    private int used;
    private int remaining;

    OpCursor(DocOp operation) {
        components = operation.components();
        count = components.size();
    }

    /** Items of a component: code units for text, otherwise one; nothing for a boundary. */
    static int length(DocOpComponent component) {
        return switch (component.kind()) {
            case RETAIN -> ((Retain) component).itemCount();
            case CHARACTERS -> ((Characters) component).text().length();
            case DELETE_CHARACTERS -> ((DeleteCharacters) component).text().length();
            case ANNOTATION_BOUNDARY -> 0;
            default -> 1;
        };
    }

    static boolean isInsertion(Kind kind) {
        return kind == Kind.CHARACTERS || kind == Kind.ELEMENT_START || kind == Kind.ELEMENT_END;
    }

    static boolean isDeletion(Kind kind) {
        return kind == Kind.DELETE_CHARACTERS || kind == Kind.DELETE_ELEMENT_START || kind == Kind.DELETE_ELEMENT_END;
    }

    /** True if no part of the component last taken is left. */
    boolean isUsedUp() {
        return remaining == 0;
    }

    boolean hasNext() {
        return next < count;
    }

    DocOpComponent peek() {
        return components.get(next);
    }

    DocOpComponent peek(int ahead) {
        return components.get(next + ahead);
    }

    /** How many components have not been taken. */
    int ahead() {
        return count - next;
    }

    DocOpComponent skip() {
        return components.get(next++);
    }

    /** Takes the next component, whole. */
    void take() {
        current = components.get(next++);
        used = 0;
        remaining = length(current);
    }

    DocOpComponent current() {
        return current;
    }

    Kind kind() {
        return current.kind();
    }

    /** Where the part of the current text begins that is left. */
    int used() {
        return used;
    }

    int remaining() {
        return remaining;
    }

    void use(int items) {
        used += items;
        remaining -= items;
    }
}
