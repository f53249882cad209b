package io.wavegate.node.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Document operations as JSON: an array of components, each an object with exactly one of the protobuf field names of
 * spec section 4, such as {@code {"characters": "a"}}. Rules of well-formedness are the receiver's, not checked here.
 */
public final class DocOpJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> COMPONENT = Set.of(
            "annotation_boundary",
            "characters",
            "element_start",
            "element_end",
            "retain_item_count",
            "delete_characters",
            "delete_element_start",
            "delete_element_end",
            "replace_attributes",
            "update_attributes");

    private DocOpJson() {}

    /** The components as an array. */
    public static ArrayNode write(DocOp operation) {
        ArrayNode components = NODES.arrayNode(operation.components().size());
        operation.components().forEach(component -> components.add(write(component)));
        return components;
    }

    private static ObjectNode write(DocOpComponent component) {
        ObjectNode node = NODES.objectNode();
        if (component instanceof Retain c) {
            node.put("retain_item_count", c.itemCount());
        } else if (component instanceof Characters c) {
            node.put("characters", c.text());
        } else if (component instanceof DeleteCharacters c) {
            node.put("delete_characters", c.text());
        } else if (component instanceof ElementStart c) {
            node.set("element_start", element(c.type(), c.attributes()));
        } else if (component instanceof ElementEnd) {
            node.put("element_end", true);
        } else if (component instanceof DeleteElementStart c) {
            node.set("delete_element_start", element(c.type(), c.attributes()));
        } else if (component instanceof DeleteElementEnd) {
            node.put("delete_element_end", true);
        } else if (component instanceof ReplaceAttributes c) {
            node.set("replace_attributes", replace(c));
        } else if (component instanceof UpdateAttributes c) {
            node.set("update_attributes", update(c));
        } else if (component instanceof AnnotationBoundary c) {
            node.set("annotation_boundary", boundary(c));
        }
        return node;
    }

    private static ObjectNode element(String type, Attributes attributes) {
        ObjectNode node = NODES.objectNode().put("type", type);
        if (!attributes.isEmpty()) {
            node.set("attribute", pairs(attributes));
        }
        return node;
    }

    private static ObjectNode replace(ReplaceAttributes component) {
        ObjectNode node = NODES.objectNode();
        if (component.oldAttributes().isEmpty() && component.newAttributes().isEmpty()) {
            return node.put("empty", true);
        }
        node.set("old_attribute", pairs(component.oldAttributes()));
        node.set("new_attribute", pairs(component.newAttributes()));
        return node;
    }

    private static ObjectNode update(UpdateAttributes component) {
        ObjectNode node = NODES.objectNode();
        if (component.changes().isEmpty()) {
            return node.put("empty", true);
        }
        node.set("attribute_update", changes(component.changes()));
        return node;
    }

    private static ObjectNode boundary(AnnotationBoundary component) {
        ObjectNode node = NODES.objectNode();
        if (component.ends().isEmpty() && component.changes().isEmpty()) {
            return node.put("empty", true);
        }
        if (!component.ends().isEmpty()) {
            ArrayNode ends = node.putArray("end");
            component.ends().forEach(ends::add);
        }
        if (!component.changes().isEmpty()) {
            node.set("change", changes(component.changes()));
        }
        return node;
    }

    private static ArrayNode pairs(Attributes attributes) {
        ArrayNode array = NODES.arrayNode();
        attributes
                .values()
                .forEach((key, value) -> array.addObject().put("key", key).put("value", value));
        return array;
    }

    private static ArrayNode changes(List<ValueChange> changes) {
        ArrayNode array = NODES.arrayNode();
        for (ValueChange change : changes) {
            ObjectNode node = array.addObject().put("key", change.key());
            change.oldValue().ifPresent(value -> node.put("old_value", value));
            change.newValue().ifPresent(value -> node.put("new_value", value));
        }
        return array;
    }

    /**
     * Reads components.
     *
     * @param place names the value in messages
     */
    public static DocOp read(List<JsonNode> components, String place) throws JsonFormException {
        List<DocOpComponent> read = new ArrayList<>(components.size());
        for (int i = 0; i < components.size(); i++) {
            read.add(readComponent(components.get(i), place + "[" + i + "]"));
        }
        return new DocOp(read);
    }

    private static DocOpComponent readComponent(JsonNode node, String place) throws JsonFormException {
        JsonFields.object(node, place, COMPONENT);
        if (node.size() != 1) {
            throw new JsonFormException(place + " must have exactly one field, it has " + node.size());
        }
        String field = node.fieldNames().next();
        JsonNode value = node.get(field);
        String inside = place + "." + field;
        return switch (field) {
            case "characters" -> new Characters(JsonFields.text(node, field, place));
            case "delete_characters" -> new DeleteCharacters(JsonFields.text(node, field, place));
            case "retain_item_count" -> new Retain(itemCount(node, place));
            case "element_start" -> new ElementStart(elementType(value, inside), pairs(value, "attribute", inside));
            case "delete_element_start" ->
                new DeleteElementStart(elementType(value, inside), pairs(value, "attribute", inside));
            case "element_end" -> {
                JsonFields.flag(node, field, place);
                yield ElementEnd.INSTANCE;
            }
            case "delete_element_end" -> {
                JsonFields.flag(node, field, place);
                yield DeleteElementEnd.INSTANCE;
            }
            case "replace_attributes" -> {
                JsonFields.object(value, inside, Set.of("empty", "old_attribute", "new_attribute"));
                empty(value, inside);
                yield new ReplaceAttributes(
                        pairs(value, "old_attribute", inside), pairs(value, "new_attribute", inside));
            }
            case "update_attributes" -> {
                JsonFields.object(value, inside, Set.of("empty", "attribute_update"));
                empty(value, inside);
                yield new UpdateAttributes(changes(value, "attribute_update", inside));
            }
            default -> readBoundary(value, inside);
        };
    }

    private static void empty(JsonNode node, String place) throws JsonFormException {
        if (node.has("empty")) {
            JsonFields.flag(node, "empty", place);
        }
    }

    private static int itemCount(JsonNode node, String place) throws JsonFormException {
        long count = JsonFields.natural(node, "retain_item_count", place);
        if (count > Integer.MAX_VALUE) {
            throw new JsonFormException(place + ".retain_item_count is too large");
        }
        return (int) count;
    }

    private static String elementType(JsonNode node, String place) throws JsonFormException {
        return JsonFields.text(JsonFields.object(node, place, Set.of("type", "attribute")), "type", place);
    }

    private static AnnotationBoundary readBoundary(JsonNode node, String place) throws JsonFormException {
        JsonFields.object(node, place, Set.of("empty", "end", "change"));
        empty(node, place);
        List<String> ends = new ArrayList<>();
        for (JsonNode end : JsonFields.array(node, "end", place)) {
            if (!end.isTextual()) {
                throw new JsonFormException(place + ".end must be an array of texts");
            }
            ends.add(end.textValue());
        }
        return new AnnotationBoundary(ends, changes(node, "change", place));
    }

    private static Attributes pairs(JsonNode node, String field, String place) throws JsonFormException {
        SortedMap<String, String> values = new TreeMap<>();
        for (JsonNode pair : JsonFields.array(node, field, place)) {
            String inside = place + "." + field;
            JsonFields.object(pair, inside, Set.of("key", "value"));
            String key = JsonFields.text(pair, "key", inside);
            if (values.put(key, JsonFields.text(pair, "value", inside)) != null) {
                throw new JsonFormException(inside + " names \"" + key + "\" twice");
            }
        }
        return Attributes.of(values);
    }

    private static List<ValueChange> changes(JsonNode node, String field, String place) throws JsonFormException {
        List<ValueChange> changes = new ArrayList<>();
        for (JsonNode change : JsonFields.array(node, field, place)) {
            String inside = place + "." + field;
            JsonFields.object(change, inside, Set.of("key", "old_value", "new_value"));
            changes.add(new ValueChange(
                    JsonFields.text(change, "key", inside),
                    JsonFields.optionalText(change, "old_value", inside),
                    JsonFields.optionalText(change, "new_value", inside)));
        }
        return changes;
    }
}
