package io.wavegate.node.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.node.http.RequestNames;
import io.wavegate.node.http.WaveletReads;
import io.wavegate.node.http.WaveletWrites;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of the WebSocket; described in {@code docs/client-api/asyncapi.yaml}. */
final class SocketMessages {
    private static final int MAX_ID = 128;
    private static final int MAX_WAVELET = 1024;

    private SocketMessages() {}

    /** Types a client may send, each with its members. */
    static final Map<String, Set<String>> REQUESTS = Map.of(
            "submit", Set.of("type", "id", "wavelet", "delta"),
            "follow", Set.of("type", "id", "wavelet", "from"),
            "unfollow", Set.of("type", "id", "wavelet"),
            "ping", Set.of("type", "id"));

    /** Types the server sends. */
    static final Set<String> REPLIES =
            Set.of("submitted", "following", "unfollowed", "pong", "error", "deltas", "follow_ended", "leaving");

    /** An error about a message; it carries the message's id and wavelet as far as it has them. */
    static ObjectNode error(JsonNode message, Problem problem) {
        ObjectNode error = with("error", echo(message, "id", MAX_ID));
        String wavelet = echo(message, "wavelet", MAX_WAVELET);
        if (!wavelet.isEmpty()) {
            error.put("wavelet", wavelet);
        }
        return error.set("problem", problem.toJson());
    }

    private static String echo(JsonNode message, String field, int maxLength) {
        JsonNode value = message.get(field);
        return value != null && value.isTextual() && value.textValue().length() <= maxLength ? value.textValue() : "";
    }

    static SocketRequest read(JsonNode message, ParticipantId user, int maxOperations) throws ProblemException {
        try {
            String place = "the message";
            if (!message.isObject()) {
                throw new JsonFormException(place + " must be an object");
            }
            String type = JsonFields.text(message, "type", place);
            Set<String> members = REQUESTS.get(type);
            if (members == null) {
                throw new JsonFormException("the message's type \"" + type + "\" is none of "
                        + String.join(", ", REQUESTS.keySet().stream().sorted().toList()));
            }
            JsonFields.object(message, place, members);
            String id = JsonFields.text(message, "id", place);
            if (id.isEmpty() || id.length() > MAX_ID) {
                throw new JsonFormException("the message's id must have 1 to " + MAX_ID + " characters");
            }
            return switch (type) {
                case "submit" ->
                    new SocketRequest.Submit(
                            id, wavelet(message), WaveletWrites.delta(required(message, "delta"), user, maxOperations));
                case "follow" -> follow(id, wavelet(message), message.get("from"));
                case "unfollow" -> new SocketRequest.Unfollow(id, wavelet(message));
                default -> new SocketRequest.Ping(id);
            };
        } catch (JsonFormException e) {
            throw new ProblemException(Problem.malformed(e));
        }
    }

    private static SocketRequest follow(String id, WaveletName wavelet, @Nullable JsonNode from)
            throws JsonFormException {
        return new SocketRequest.Follow(
                id, wavelet, from == null ? HashChain.zero(wavelet) : DeltaJson.readVersion(from, "from"));
    }

    private static JsonNode required(JsonNode message, String field) throws JsonFormException {
        JsonNode value = message.get(field);
        if (value == null) {
            throw new JsonFormException("the message lacks \"" + field + "\"");
        }
        return value;
    }

    private static WaveletName wavelet(JsonNode message) throws ProblemException, JsonFormException {
        return RequestNames.parse(JsonFields.text(message, "wavelet", "the message"));
    }

    static ObjectNode submitted(String id, WaveletName wavelet, SubmitResult.Applied applied) {
        return with("submitted", id).setAll(WaveletWrites.applied(wavelet, applied));
    }

    static ObjectNode following(String id, WaveletName wavelet) {
        return with("following", id).put("wavelet", wavelet.toModern());
    }

    static ObjectNode unfollowed(String id, WaveletName wavelet) {
        return with("unfollowed", id).put("wavelet", wavelet.toModern());
    }

    static ObjectNode pong(String id) {
        return with("pong", id);
    }

    static ObjectNode deltas(WaveletName wavelet, DeltaPage page) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "deltas");
        message.put("wavelet", wavelet.toModern());
        return message.setAll(WaveletReads.json(page));
    }

    /** No more deltas come: why, and from there the client may follow again. */
    static ObjectNode followEnded(WaveletName wavelet, Problem problem) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "follow_ended");
        message.put("wavelet", wavelet.toModern());
        return message.set("problem", problem.toJson());
    }

    /** The last message of a node that leaves. */
    static ObjectNode leaving() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "leaving")
                .put(
                        "detail",
                        "This node of the gateway stops. Open another socket, to another node if you know one; follow again"
                                + " from where you are, and submit again what was not answered.");
    }

    private static ObjectNode with(String type, String id) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("id", id);
    }
}
