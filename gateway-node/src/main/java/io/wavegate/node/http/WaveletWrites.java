package io.wavegate.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The endpoints that change wavelets. */
public final class WaveletWrites {
    private static final String PARTICIPANT = WaveletReads.WAVELET + "/participants/{address}";

    private final Wavelets wavelets;
    private final HttpSettings settings;
    private final Supplier<String> randomToken;

    /**
     * @param randomToken a fresh token of {@code [A-Za-z0-9_-]}, never the same twice
     */
    public WaveletWrites(Wavelets wavelets, HttpSettings settings, Supplier<String> randomToken) {
        this.wavelets = wavelets;
        this.settings = settings;
        this.randomToken = randomToken;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/waves", this::create),
                Endpoint.post(WaveletReads.WAVELET + "/deltas", this::submit),
                new Endpoint("PUT", PARTICIPANT, Access.USER, request -> change(request, true)),
                new Endpoint("DELETE", PARTICIPANT, Access.USER, request -> change(request, false)));
    }

    private CompletionStage<ApiReply> create(ApiRequest request) throws ProblemException {
        try {
            JsonNode body = request.body().length == 0
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonFields.object(JsonFields.parse(request.body()), "the request", Set.of("operation"));
            String domain = request.user().domain();
            WaveletName name = new WaveletName(domain, "w+" + randomToken.get(), domain, "conv+root");
            List<WaveletOperation> operations = new ArrayList<>();
            // Who creates a wavelet is on it only if the first delta says so (spec 7.3).
            operations.add(new AddParticipant(request.user()));
            operations.addAll(DeltaJson.readOperations(
                    JsonFields.array(body, "operation", "the request"), "operation", settings.maxOperations() - 1));
            WaveletDelta delta = new WaveletDelta(HashChain.zero(name), request.user(), operations, List.of());
            return wavelets.submit(name, delta).thenApply(result -> reply(201, name, result));
        } catch (JsonFormException e) {
            throw new ProblemException(Problem.malformed(e));
        }
    }

    private CompletionStage<ApiReply> submit(ApiRequest request) throws ProblemException {
        WaveletName name = RequestNames.of(request);
        WaveletDelta delta = read(request.body(), request.user());
        return wavelets.submit(name, delta).thenApply(result -> reply(200, name, result));
    }

    private WaveletDelta read(byte[] body, ParticipantId user) throws ProblemException {
        try {
            return delta(JsonFields.parse(body), user, settings.maxOperations());
        } catch (JsonFormException e) {
            throw new ProblemException(Problem.malformed(e));
        }
    }

    /** Reads a delta and holds its author to the token's user. */
    public static WaveletDelta delta(JsonNode json, ParticipantId user, int maxOperations)
            throws ProblemException, JsonFormException {
        WaveletDelta delta = DeltaJson.readDelta(json, user, maxOperations);
        if (!delta.author().equals(user)) {
            throw new ProblemException(Problem.badAuthor("The delta's author is " + delta.author() + ", the token is "
                    + user + "'s. Leave the author out, or use the author's token."));
        }
        return delta;
    }

    private CompletionStage<ApiReply> change(ApiRequest request, boolean present) throws ProblemException {
        WaveletName name = RequestNames.of(request);
        ParticipantId participant = new ParticipantId(request.parameter("address"));
        if (!participant.isWellFormed()) {
            throw new ProblemException(
                    Problem.malformed("\"" + participant + "\" is no participant's address. Its form is name@domain."));
        }
        return wavelets.view(name, request.user()).thenCompose(answer -> {
            if (!(answer instanceof Answer.Ok<WaveletView> ok)) {
                return done(WaveletReads.reply(answer, view -> ApiReply.text(500, "")));
            }
            WaveletView view = ok.value();
            if (view.participants().contains(participant) == present) {
                // Asked twice, or already so: nothing to do is success.
                return done(ApiReply.ok(
                        applied(name, new SubmitResult.Applied(view.version(), 0, view.lastModifiedTimeMillis()))));
            }
            WaveletOperation operation = present ? new AddParticipant(participant) : new RemoveParticipant(participant);
            WaveletDelta delta = new WaveletDelta(view.version(), request.user(), List.of(operation), List.of());
            return wavelets.submit(name, delta).thenApply(result -> reply(200, name, result));
        });
    }

    private static CompletionStage<ApiReply> done(ApiReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private static ApiReply reply(int status, WaveletName name, SubmitResult result) {
        if (result instanceof SubmitResult.Applied applied) {
            return ApiReply.json(status, applied(name, applied));
        }
        Refusal refusal = ((SubmitResult.Refused) result).refusal();
        return ApiReply.problem(Problem.of(refusal));
    }

    /** What became of a delta, the same over HTTP and WebSocket. */
    public static ObjectNode applied(WaveletName name, SubmitResult.Applied applied) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("wavelet", name.toModern());
        body.set("hashed_version", DeltaJson.write(applied.version()));
        body.put("operations_applied", applied.operationsApplied());
        body.put("application_timestamp", applied.timestampMillis());
        return body;
    }
}
