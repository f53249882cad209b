package io.wavegate.wavelet.document;

import io.wavegate.wavelet.document.ListDocument.Item;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import io.wavegate.wavelet.ot.DocOpNormalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes operations that are valid on a given document, of all kinds of components, decided by a seed. */
public final class RandomOperation {
    private static final List<String> KEYS = List.of("a", "b", "link/é");
    private static final List<String> VALUES = List.of("", "1", "2");
    private static final List<String> NAMES = List.of("i", "style", "t");

    private final Random random;
    private final List<Item> items;
    private final List<DocOpComponent> components = new ArrayList<>();
    // Values that annotations are being changed to, and the changes that are open for it.
    private final Map<String, Optional<String>> wanted = new HashMap<>();
    private TreeMap<String, ValueChange> open = new TreeMap<>();
    private Map<String, String> target = Map.of();
    private int at;

    private RandomOperation(ListDocument document, Random random) {
        this.items = document.items();
        this.random = random;
    }

    /** A document made by a few operations from the empty one. */
    public static ListDocument document(Random random) {
        ListDocument document = new ListDocument();
        for (int i = random.nextInt(4); i >= 0; i--) {
            document = document.apply(on(document, random));
        }
        return document;
    }

    /** An operation valid on the document, in normal form or not. */
    public static DocOp on(ListDocument document, Random random) {
        DocOp operation = new RandomOperation(document, random).make();
        return random.nextBoolean() ? operation : DocOpNormalizer.normalize(operation);
    }

    private DocOp make() {
        while (true) {
            if (random.nextInt(5) == 0) {
                String key = KEYS.get(random.nextInt(KEYS.size()));
                if (wanted.remove(key) == null) {
                    wanted.put(key, random.nextBoolean() ? Optional.empty() : Optional.of(value()));
                }
            }
            if (random.nextInt(6) == 0) {
                insert();
            }
            if (at == items.size()) {
                break;
            }
            if (random.nextInt(5) == 0 && deletable()) {
                delete();
            } else {
                keep();
            }
        }
        open(new TreeMap<>());
        return new DocOp(components);
    }

    private void insert() {
        int depth = 0;
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count || depth > 0; i++) {
            boolean over = i >= count;
            int choice = over ? 2 : random.nextInt(4);
            openWanted(left());
            if (choice == 2 && depth > 0) {
                components.add(ElementEnd.INSTANCE);
                depth--;
            } else if (choice == 3) {
                components.add(new ElementStart("p", attributes()));
                depth++;
            } else {
                components.add(new Characters(random.nextBoolean() ? "x" : "yz"));
            }
        }
        keepTarget();
    }

    private void keep() {
        Item item = items.get(at);
        openWanted(item.annotations());
        if (item.content() instanceof ElementStart start && random.nextInt(3) == 0) {
            components.add(attributeChange(start.attributes()));
        } else {
            components.add(new Retain(1));
        }
        at++;
        keepTarget();
    }

    private DocOpComponent attributeChange(Attributes old) {
        if (random.nextBoolean()) {
            return new ReplaceAttributes(old, attributes());
        }
        List<ValueChange> changes = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                changes.add(new ValueChange(
                        name, old.get(name), random.nextBoolean() ? Optional.empty() : Optional.of(value())));
            }
        }
        return new UpdateAttributes(changes);
    }

    private boolean deletable() {
        return !(items.get(at).content() instanceof ElementEnd);
    }

    private void delete() {
        int depth = 0;
        do {
            Item item = items.get(at);
            openForDeletion(item.annotations());
            if (item.content() instanceof Characters text) {
                components.add(new DeleteCharacters(text.text()));
            } else if (item.content() instanceof ElementStart start) {
                components.add(new DeleteElementStart(start.type(), start.attributes()));
                depth++;
            } else {
                components.add(DeleteElementEnd.INSTANCE);
                depth--;
            }
            at++;
        } while (depth > 0);
    }

    private void openWanted(Map<String, String> before) {
        TreeMap<String, ValueChange> changes = new TreeMap<>();
        wanted.forEach(
                (key, value) -> changes.put(key, new ValueChange(key, Optional.ofNullable(before.get(key)), value)));
        open(changes);
    }

    private void openForDeletion(Map<String, String> found) {
        TreeMap<String, ValueChange> changes = new TreeMap<>();
        Set<String> keys = new HashSet<>(found.keySet());
        keys.addAll(target.keySet());
        for (String key : keys) {
            if (!Objects.equals(found.get(key), target.get(key))) {
                changes.put(
                        key,
                        new ValueChange(
                                key, Optional.ofNullable(found.get(key)), Optional.ofNullable(target.get(key))));
            }
        }
        open(changes);
    }

    private void open(TreeMap<String, ValueChange> next) {
        Set<String> ends = new TreeSet<>(open.keySet());
        ends.removeAll(next.keySet());
        List<ValueChange> changes = new ArrayList<>();
        next.forEach((key, change) -> {
            if (!change.equals(open.get(key)) || random.nextInt(20) == 0) {
                changes.add(change);
            }
        });
        if (!ends.isEmpty() || !changes.isEmpty() || random.nextInt(20) == 0) {
            components.add(new AnnotationBoundary(List.copyOf(ends), changes));
        }
        open = next;
    }

    private void keepTarget() {
        TreeMap<String, String> next = new TreeMap<>(left());
        open.values().forEach(change -> change.newValue()
                .ifPresentOrElse(value -> next.put(change.key(), value), () -> next.remove(change.key())));
        target = next;
    }

    private Map<String, String> left() {
        return at == 0 ? Map.of() : items.get(at - 1).annotations();
    }

    private Attributes attributes() {
        TreeMap<String, String> values = new TreeMap<>();
        NAMES.stream().filter(name -> random.nextInt(3) == 0).forEach(name -> values.put(name, value()));
        return Attributes.of(values);
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
