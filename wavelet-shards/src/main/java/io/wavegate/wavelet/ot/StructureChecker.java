package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks components one after the other, remembering what is open: elements inserted and deleted, annotations. */
final class StructureChecker {
    private int insertedDepth;
    private int deletedDepth;
    private boolean afterBoundary;
    private @Nullable Set<String> openAnnotations;

    @Nullable Rule check(DocOpComponent component) {
        boolean adjacent = afterBoundary;
        afterBoundary = false;
        return switch (component.kind()) {
            case RETAIN -> checkRetain(((Retain) component).itemCount());
            case CHARACTERS -> checkCharacters(((Characters) component).text());
            case DELETE_CHARACTERS -> checkDeleteCharacters(((DeleteCharacters) component).text());
            case ELEMENT_START -> checkStart((ElementStart) component);
            case ELEMENT_END -> checkEnd(deletedDepth > 0);
            case DELETE_ELEMENT_START -> checkDeleteStart((DeleteElementStart) component);
            case DELETE_ELEMENT_END -> checkDeleteEnd();
            case REPLACE_ATTRIBUTES -> checkReplacement((ReplaceAttributes) component);
            case UPDATE_ATTRIBUTES -> checkUpdate(((UpdateAttributes) component).changes());
            case ANNOTATION_BOUNDARY -> checkBoundary((AnnotationBoundary) component, adjacent);
        };
    }

    @Nullable Rule checkEnd() {
        if (insertedDepth > 0) {
            return Rule.UNCLOSED_ELEMENT_START;
        } else if (deletedDepth > 0) {
            return Rule.UNCLOSED_DELETE_ELEMENT_START;
        }
        return openAnnotations != null && !openAnnotations.isEmpty() ? Rule.ANNOTATION_NOT_ENDED : null;
    }

    private @Nullable Rule checkRetain(int itemCount) {
        if (itemCount <= 0) {
            return Rule.RETAIN_NOT_POSITIVE;
        }
        return insertedDepth > 0 || deletedDepth > 0 ? Rule.RETAIN_INSIDE_INSERT_OR_DELETE : null;
    }

    private @Nullable Rule checkCharacters(String text) {
        if (text.isEmpty()) {
            return Rule.EMPTY_CHARACTERS;
        } else if (UnicodeRules.hasSurrogate(text)) {
            return Rule.SURROGATE_IN_CHARACTERS;
        } else if (!UnicodeRules.isValid(text)) {
            return Rule.INVALID_UNICODE_IN_CHARACTERS;
        }
        return deletedDepth > 0 ? Rule.INSERT_INSIDE_DELETE : null;
    }

    private @Nullable Rule checkDeleteCharacters(String text) {
        if (text.isEmpty()) {
            return Rule.EMPTY_CHARACTERS;
        } else if (UnicodeRules.hasSurrogate(text)) {
            return Rule.SURROGATE_IN_DELETE_CHARACTERS;
        } else if (!UnicodeRules.isValid(text)) {
            return Rule.INVALID_UNICODE_IN_DELETE_CHARACTERS;
        }
        return insertedDepth > 0 ? Rule.DELETE_INSIDE_INSERT : null;
    }

    private @Nullable Rule checkStart(ElementStart start) {
        Rule broken = checkElement(start.type(), start.attributes());
        if (broken == null && deletedDepth > 0) {
            broken = Rule.INSERT_INSIDE_DELETE;
        }
        insertedDepth++;
        return broken;
    }

    private @Nullable Rule checkEnd(boolean insideDelete) {
        if (insideDelete) {
            return Rule.INSERT_INSIDE_DELETE;
        }
        return --insertedDepth < 0 ? Rule.UNMATCHED_ELEMENT_END : null;
    }

    private @Nullable Rule checkDeleteStart(DeleteElementStart start) {
        Rule broken = checkElement(start.type(), start.attributes());
        if (broken == null && insertedDepth > 0) {
            broken = Rule.DELETE_INSIDE_INSERT;
        }
        deletedDepth++;
        return broken;
    }

    private @Nullable Rule checkDeleteEnd() {
        if (insertedDepth > 0) {
            return Rule.DELETE_INSIDE_INSERT;
        }
        return --deletedDepth < 0 ? Rule.UNMATCHED_DELETE_ELEMENT_END : null;
    }

    private @Nullable Rule checkReplacement(ReplaceAttributes replacement) {
        Rule broken = checkAttributes(replacement.oldAttributes());
        if (broken == null) {
            broken = checkAttributes(replacement.newAttributes());
        }
        return broken == null ? checkAttributeChangeHere() : broken;
    }

    private @Nullable Rule checkUpdate(List<ValueChange> changes) {
        for (ValueChange change : changes) {
            if (!UnicodeRules.isXmlName(change.key())) {
                return Rule.ATTRIBUTE_NAME_NOT_XML_NAME;
            } else if (!isValid(change.oldValue()) || !isValid(change.newValue())) {
                return Rule.ATTRIBUTE_VALUE_INVALID_UNICODE;
            }
        }
        return checkAttributeChangeHere();
    }

    private @Nullable Rule checkAttributeChangeHere() {
        return insertedDepth > 0 || deletedDepth > 0 ? Rule.ATTRIBUTE_CHANGE_INSIDE_INSERT_OR_DELETE : null;
    }

    private static @Nullable Rule checkElement(String type, Attributes attributes) {
        return UnicodeRules.isXmlName(type) ? checkAttributes(attributes) : Rule.ELEMENT_TYPE_NOT_XML_NAME;
    }

    private static @Nullable Rule checkAttributes(Attributes attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            if (!UnicodeRules.isXmlName(attributes.name(i))) {
                return Rule.ATTRIBUTE_NAME_NOT_XML_NAME;
            } else if (!UnicodeRules.isValid(attributes.value(i))) {
                return Rule.ATTRIBUTE_VALUE_INVALID_UNICODE;
            }
        }
        return null;
    }

    private @Nullable Rule checkBoundary(AnnotationBoundary boundary, boolean adjacent) {
        afterBoundary = true;
        if (adjacent) {
            return Rule.ADJACENT_ANNOTATION_BOUNDARIES;
        }
        Set<String> open = openAnnotations == null ? new HashSet<>() : openAnnotations;
        openAnnotations = open;
        String previous = null;
        for (String key : boundary.ends()) {
            if (!UnicodeRules.isValid(key)) {
                return Rule.ANNOTATION_KEY_INVALID_UNICODE;
            } else if (previous != null && previous.compareTo(key) >= 0) {
                return Rule.ANNOTATION_KEYS_NOT_SORTED;
            } else if (!open.remove(key)) {
                return Rule.ANNOTATION_END_WITHOUT_START;
            }
            previous = key;
        }
        return checkChanges(boundary.changes(), open);
    }

    private static @Nullable Rule checkChanges(List<ValueChange> changes, Set<String> open) {
        String previous = null;
        for (ValueChange change : changes) {
            if (!UnicodeRules.isValid(change.key())) {
                return Rule.ANNOTATION_KEY_INVALID_UNICODE;
            } else if (!isValid(change.oldValue()) || !isValid(change.newValue())) {
                return Rule.ANNOTATION_VALUE_INVALID_UNICODE;
            } else if (previous != null && previous.compareTo(change.key()) >= 0) {
                return Rule.ANNOTATION_KEYS_NOT_SORTED;
            }
            open.add(change.key());
            previous = change.key();
        }
        return null;
    }

    private static boolean isValid(Optional<String> value) {
        return value.isEmpty() || UnicodeRules.isValid(value.get());
    }
}
