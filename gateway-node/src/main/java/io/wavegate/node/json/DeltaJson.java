package io.wavegate.node.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deltas, wavelet operations and hashed versions as JSON with the protobuf field names of spec section 4. */
public final class DeltaJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> OPERATION =
            Set.of("no_op", "add_participant", "remove_participant", "mutate_document");

    private DeltaJson() {}

    /** {@code {"version": 7, "history_hash": "base64"}}. */
    public static ObjectNode write(HashedVersion version) {
        return NODES.objectNode()
                .put("version", version.version())
                .put("history_hash", JsonFields.base64(version.historyHash()));
    }

    /** The reverse of {@link #write(HashedVersion)}. */
    public static HashedVersion readVersion(JsonNode node, String place) throws JsonFormException {
        JsonFields.object(node, place, Set.of("version", "history_hash"));
        return new HashedVersion(
                JsonFields.natural(node, "version", place), JsonFields.bytes(node, "history_hash", place));
    }

    /** A delta to submit. */
    public static ObjectNode write(WaveletDelta delta) {
        ObjectNode node = NODES.objectNode();
        node.set("hashed_version", write(delta.target()));
        node.put("author", delta.author().address());
        node.set("operation", write(delta.operations()));
        return node;
    }

    /**
     * A delta to submit.
     *
     * @param author who submits; a delta that names somebody else keeps that name, for the caller to refuse
     * @param maxOperations more are refused
     */
    public static WaveletDelta readDelta(JsonNode node, ParticipantId author, int maxOperations)
            throws JsonFormException {
        JsonFields.object(node, "delta", Set.of("hashed_version", "author", "operation"));
        JsonNode target = node.get("hashed_version");
        if (target == null) {
            throw new JsonFormException("delta lacks \"hashed_version\", the version it is made against");
        }
        Optional<String> named = JsonFields.optionalText(node, "author", "delta");
        return new WaveletDelta(
                readVersion(target, "delta.hashed_version"),
                named.map(ParticipantId::new).orElse(author),
                readOperations(JsonFields.array(node, "operation", "delta"), "delta.operation", maxOperations),
                List.of());
    }

    /** Operations as an array. */
    public static ArrayNode write(List<WaveletOperation> operations) {
        ArrayNode array = NODES.arrayNode(operations.size());
        operations.forEach(operation -> array.add(write(operation)));
        return array;
    }

    private static ObjectNode write(WaveletOperation operation) {
        ObjectNode node = NODES.objectNode();
        if (operation instanceof MutateDocument o) {
            ObjectNode mutation = node.putObject("mutate_document").put("document_id", o.documentId());
            mutation.putObject("document_operation").set("component", DocOpJson.write(o.operation()));
        } else if (operation instanceof AddParticipant o) {
            node.put("add_participant", o.participant().address());
        } else if (operation instanceof RemoveParticipant o) {
            node.put("remove_participant", o.participant().address());
        } else if (operation instanceof NoOp) {
            node.put("no_op", true);
        }
        return node;
    }

    /** Reads operations, at most {@code max}. */
    public static List<WaveletOperation> readOperations(List<JsonNode> nodes, String place, int max)
            throws JsonFormException {
        if (nodes.size() > max) {
            throw new JsonFormException(place + " has " + nodes.size() + " operations; at most " + max
                    + " are taken in one delta, split it");
        }
        List<WaveletOperation> operations = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            operations.add(readOperation(nodes.get(i), place + "[" + i + "]"));
        }
        return operations;
    }

    private static WaveletOperation readOperation(JsonNode node, String place) throws JsonFormException {
        JsonFields.object(node, place, OPERATION);
        if (node.size() != 1) {
            throw new JsonFormException(place + " must have exactly one field, it has " + node.size());
        }
        String field = node.fieldNames().next();
        return switch (field) {
            case "no_op" -> {
                JsonFields.flag(node, field, place);
                yield NoOp.INSTANCE;
            }
            case "add_participant" -> new AddParticipant(new ParticipantId(JsonFields.text(node, field, place)));
            case "remove_participant" -> new RemoveParticipant(new ParticipantId(JsonFields.text(node, field, place)));
            default -> readMutation(node.get(field), place + "." + field);
        };
    }

    private static MutateDocument readMutation(JsonNode node, String place) throws JsonFormException {
        JsonFields.object(node, place, Set.of("document_id", "document_operation"));
        JsonNode operation = node.get("document_operation");
        if (operation == null) {
            throw new JsonFormException(place + " lacks \"document_operation\"");
        }
        String inside = place + ".document_operation";
        JsonFields.object(operation, inside, Set.of("component"));
        return new MutateDocument(
                JsonFields.text(node, "document_id", place),
                DocOpJson.read(JsonFields.array(operation, "component", inside), inside + ".component"));
    }

    /** A delta as it was applied. */
    public static ObjectNode write(DeltaPage.Delta delta) {
        ObjectNode node = NODES.objectNode();
        node.put("applied_at", delta.appliedAt());
        node.put("author", delta.author().address());
        node.set("operation", write(delta.operations()));
        node.set("hashed_version", write(delta.result()));
        node.put("application_timestamp", delta.timestampMillis());
        node.put("signed_delta_hash", JsonFields.base64(delta.signedBytesHash()));
        return node;
    }

    /** The reverse of {@link #write(DeltaPage.Delta)}. */
    public static DeltaPage.Delta readApplied(JsonNode node) throws JsonFormException {
        String place = "delta";
        JsonNode result = node.get("hashed_version");
        if (result == null) {
            throw new JsonFormException("delta lacks \"hashed_version\"");
        }
        return new DeltaPage.Delta(
                JsonFields.natural(node, "applied_at", place),
                new ParticipantId(JsonFields.text(node, "author", place)),
                readOperations(JsonFields.array(node, "operation", place), "delta.operation", Integer.MAX_VALUE),
                readVersion(result, "delta.hashed_version"),
                JsonFields.natural(node, "application_timestamp", place),
                JsonFields.bytes(node, "signed_delta_hash", place));
    }
}
