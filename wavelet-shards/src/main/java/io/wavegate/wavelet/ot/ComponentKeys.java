package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules about the keys of one component, whatever stands around it. */
final class ComponentKeys {
    private ComponentKeys() {}

    static @Nullable Rule check(DocOpComponent component) {
        return switch (component.kind()) {
            case ANNOTATION_BOUNDARY -> checkBoundary((AnnotationBoundary) component);
            case UPDATE_ATTRIBUTES -> checkUpdate(((UpdateAttributes) component).changes());
            default -> null;
        };
    }

    private static @Nullable Rule checkUpdate(List<ValueChange> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i - 1).key().equals(sorted.get(i).key())) {
                return Rule.ATTRIBUTE_KEY_REPEATED;
            }
        }
        return null;
    }

    private static @Nullable Rule checkBoundary(AnnotationBoundary boundary) {
        int count = boundary.ends().size() + boundary.changes().size();
        if (count == 0) {
            return null;
        }
        Set<String> seen = count == 1 ? Set.of() : new HashSet<>(count * 2);
        for (String key : boundary.ends()) {
            Rule broken = check(key);
            if (broken == null && count > 1 && !seen.add(key)) {
                broken = Rule.ANNOTATION_KEY_REPEATED;
            }
            if (broken != null) {
                return broken;
            }
        }
        for (ValueChange change : boundary.changes()) {
            Rule broken = check(change.key());
            if (broken == null && count > 1 && !seen.add(change.key())) {
                broken = Rule.ANNOTATION_KEY_REPEATED;
            }
            if (broken != null) {
                return broken;
            }
        }
        return null;
    }

    private static @Nullable Rule check(String key) {
        if (key.isEmpty()) {
            return Rule.ANNOTATION_KEY_EMPTY;
        }
        return key.indexOf('?') >= 0 || key.indexOf('@') >= 0 ? Rule.ANNOTATION_KEY_FORBIDDEN_CHARACTER : null;
    }
}
