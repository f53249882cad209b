package io.wavegate.wavelet.document;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A document as a plain list of items, after the letter of spec section 10.2; to compare the real one with. */
public final class ListDocument {
    /** What an item is; text of one code unit, an element start, or an element end. */
    public record Item(DocOpComponent content, Map<String, String> annotations) {}

    private final List<Item> items = new ArrayList<>();

    public List<Item> items() {
        return items;
    }

    /** @throws IllegalArgumentException if the operation does not fit */
    public ListDocument apply(DocOp operation) {
        return new Application().apply(operation);
    }

    private final class Application {
        private final ListDocument result = new ListDocument();
        private final Map<String, ValueChange> open = new HashMap<>();
        private Map<String, String> target = Map.of();
        private int at;

        ListDocument apply(DocOp operation) {
            operation.components().forEach(this::apply);
            require(at == items.size());
            return result;
        }

        private void apply(DocOpComponent component) {
            switch (component.kind()) {
                case RETAIN -> {
                    for (int i = 0; i < ((Retain) component).itemCount(); i++) {
                        keep(next().content());
                    }
                }
                case CHARACTERS ->
                    ((Characters) component).text().chars().forEach(c -> insert(new Characters("" + (char) c)));
                case ELEMENT_START, ELEMENT_END -> insert(component);
                case DELETE_CHARACTERS ->
                    ((DeleteCharacters) component).text().chars().forEach(c -> delete(new Characters("" + (char) c)));
                case DELETE_ELEMENT_START -> {
                    DeleteElementStart start = (DeleteElementStart) component;
                    delete(new ElementStart(start.type(), start.attributes()));
                }
                case DELETE_ELEMENT_END -> delete(ElementEnd.INSTANCE);
                case REPLACE_ATTRIBUTES -> {
                    ReplaceAttributes replacement = (ReplaceAttributes) component;
                    ElementStart start = nextStart();
                    require(start.attributes().equals(replacement.oldAttributes()));
                    keep(new ElementStart(start.type(), replacement.newAttributes()));
                }
                case UPDATE_ATTRIBUTES -> update((UpdateAttributes) component);
                case ANNOTATION_BOUNDARY -> {
                    AnnotationBoundary boundary = (AnnotationBoundary) component;
                    boundary.ends().forEach(open::remove);
                    boundary.changes().forEach(change -> open.put(change.key(), change));
                }
            }
        }

        private void update(UpdateAttributes update) {
            ElementStart start = nextStart();
            Map<String, String> attributes = new TreeMap<>(start.attributes().values());
            for (ValueChange change : update.changes()) {
                require(Objects.equals(
                        attributes.get(change.key()), change.oldValue().orElse(null)));
                change(attributes, change);
            }
            keep(new ElementStart(start.type(), Attributes.of(attributes)));
        }

        private Item next() {
            require(at < items.size());
            return items.get(at);
        }

        private ElementStart nextStart() {
            require(next().content() instanceof ElementStart);
            return (ElementStart) next().content();
        }

        private void keep(DocOpComponent content) {
            result.items.add(new Item(content, annotated(next().annotations())));
            at++;
            target = annotated(left(), false);
        }

        private void insert(DocOpComponent content) {
            result.items.add(new Item(content, annotated(left())));
            target = annotated(left(), false);
        }

        private void delete(DocOpComponent content) {
            require(next().content().equals(content));
            Map<String, String> found = next().annotations();
            Set<String> keys = new HashSet<>(found.keySet());
            keys.addAll(target.keySet());
            keys.addAll(open.keySet());
            for (String key : keys) {
                ValueChange change = open.get(key);
                if (change != null) {
                    require(Objects.equals(change.oldValue().orElse(null), found.get(key)));
                    require(Objects.equals(change.newValue().orElse(null), target.get(key)));
                } else {
                    require(Objects.equals(found.get(key), target.get(key)));
                }
            }
            at++;
        }

        private Map<String, String> left() {
            return at == 0 ? Map.of() : items.get(at - 1).annotations();
        }

        private Map<String, String> annotated(Map<String, String> before) {
            return annotated(before, true);
        }

        private Map<String, String> annotated(Map<String, String> before, boolean checked) {
            Map<String, String> after = new TreeMap<>(before);
            for (ValueChange change : open.values()) {
                require(!checked
                        || Objects.equals(
                                before.get(change.key()), change.oldValue().orElse(null)));
                change(after, change);
            }
            return after;
        }
    }

    private static void change(Map<String, String> values, ValueChange change) {
        change.newValue().ifPresentOrElse(v -> values.put(change.key(), v), () -> values.remove(change.key()));
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("does not fit");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListDocument that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return items.toString();
    }
}
