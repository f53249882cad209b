package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.protobuf.ByteString;
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
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the vectors' JSON notation into the model: protobuf field names, bytes as base64, absent optional fields
 * absent. Says nothing of well-formedness; a notation it does not know is an {@link IllegalArgumentException}.
 */
public final class VectorJson {
    // In the order of their numbers.
    private static final List<String> COMPONENT_FIELDS = List.of(
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

    private VectorJson() {}

    /** Base64 text. */
    public static ByteString bytes(JsonNode text) {
        return ByteString.copyFrom(Base64.getDecoder().decode(text.textValue()));
    }

    /** Hexadecimal text. */
    public static ByteString hex(JsonNode text) {
        return ByteString.copyFrom(HexFormat.of().parseHex(text.textValue()));
    }

    /** {@code {"version", "history_hash"}}. */
    public static HashedVersion hashedVersion(JsonNode node) {
        return new HashedVersion(node.required("version").longValue(), bytes(node.required("history_hash")));
    }

    /** A ProtocolWaveletDelta. */
    public static WaveletDelta delta(JsonNode node) {
        return new WaveletDelta(
                hashedVersion(node.required("hashed_version")),
                new ParticipantId(node.required("author").textValue()),
                list(node.path("operation"), VectorJson::operation),
                list(node.path("address_path"), address -> new ParticipantId(address.textValue())));
    }

    /** A ProtocolWaveletOperation. */
    public static WaveletOperation operation(JsonNode node) {
        if (node.has("no_op")) {
            return NoOp.INSTANCE;
        } else if (node.has("add_participant")) {
            return new AddParticipant(
                    new ParticipantId(node.get("add_participant").textValue()));
        } else if (node.has("remove_participant")) {
            return new RemoveParticipant(
                    new ParticipantId(node.get("remove_participant").textValue()));
        }
        JsonNode mutation = node.required("mutate_document");
        JsonNode operation = mutation.required("document_operation");
        return new MutateDocument(mutation.required("document_id").textValue(), docOp(operation.path("component")));
    }

    /**
     * A list of components as an operation, read as the reference reads the protobuf (spec section 4): a component with
     * no field is skipped. An absent list has none.
     */
    public static DocOp docOp(JsonNode components) {
        List<DocOpComponent> result = new ArrayList<>();
        components.forEach(node -> {
            if (!node.isEmpty()) {
                result.add(component(node));
            }
        });
        return new DocOp(result);
    }

    /** One component; of several fields the one with the lowest number counts. */
    public static DocOpComponent component(JsonNode node) {
        String kind = COMPONENT_FIELDS.stream()
                .filter(node::has)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown component: " + node));
        JsonNode value = node.get(kind);
        return switch (kind) {
            case "annotation_boundary" ->
                new AnnotationBoundary(
                        list(content(value).path("end"), JsonNode::textValue),
                        changes(content(value).path("change")));
            case "characters" -> new Characters(value.textValue());
            case "element_start" ->
                new ElementStart(value.required("type").textValue(), attributes(value.path("attribute")));
            case "element_end" -> ElementEnd.INSTANCE;
            case "retain_item_count" -> new Retain(value.intValue());
            case "delete_characters" -> new DeleteCharacters(value.textValue());
            case "delete_element_start" ->
                new DeleteElementStart(value.required("type").textValue(), attributes(value.path("attribute")));
            case "delete_element_end" -> DeleteElementEnd.INSTANCE;
            case "replace_attributes" ->
                new ReplaceAttributes(
                        attributes(content(value).path("old_attribute")),
                        attributes(content(value).path("new_attribute")));
            case "update_attributes" ->
                new UpdateAttributes(changes(content(value).path("attribute_update")));
            default -> throw new IllegalArgumentException("unknown component: " + kind);
        };
    }

    // "empty": true wins over any content beside it.
    private static JsonNode content(JsonNode value) {
        return value.path("empty").asBoolean() ? MissingNode.getInstance() : value;
    }

    private static Attributes attributes(JsonNode pairs) {
        TreeMap<String, String> values = new TreeMap<>();
        pairs.forEach(pair -> values.put(
                pair.required("key").textValue(), pair.required("value").textValue()));
        return Attributes.of(values);
    }

    private static List<ValueChange> changes(JsonNode updates) {
        return list(
                updates,
                update -> new ValueChange(
                        update.required("key").textValue(),
                        Optional.ofNullable(update.path("old_value").textValue()),
                        Optional.ofNullable(update.path("new_value").textValue())));
    }

    private static <T> List<T> list(JsonNode nodes, Function<JsonNode, T> read) {
        List<T> result = new ArrayList<>();
        nodes.forEach(node -> result.add(read.apply(node)));
        return result;
    }
}
