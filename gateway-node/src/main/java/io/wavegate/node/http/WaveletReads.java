package io.wavegate.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.DocOpJson;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The endpoints that read wavelets. */
public final class WaveletReads {
    static final String WAVELET = "/api/v1/wavelets/{wave_domain}/{wave_id}/{wavelet_domain}/{wavelet_id}";
    private static final int MAX_LIST = 500;

    private final Wavelets wavelets;
    private final HttpSettings settings;
    private final Leaving leaving;

    /** @param leaving ends what waits for news when the node leaves */
    public WaveletReads(Wavelets wavelets, HttpSettings settings, Leaving leaving) {
        this.wavelets = wavelets;
        this.settings = settings;
        this.leaving = leaving;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/wavelets", this::list),
                Endpoint.get(WAVELET, this::view),
                Endpoint.get(WAVELET + "/documents/{document_id}", this::document),
                Endpoint.get(WAVELET + "/deltas", this::deltas));
    }

    private CompletionStage<ApiReply> list(ApiRequest request) throws ProblemException {
        int limit = (int) PathQuery.number(request.query(), "limit", 100, MAX_LIST);
        Optional<String> last = PathQuery.text(request.query(), "after").filter(name -> !name.isEmpty());
        // Stored, ordered and continued by URI; shown as every other name of this API.
        String after = last.isPresent() ? RequestNames.parse(last.get()).toUri() : "";
        return wavelets.waveletsOf(request.user(), after, Math.max(1, limit)).thenApply(names -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode array = body.putArray("wavelets");
            names.forEach(uri -> WaveletName.parseUri(uri).ifPresent(name -> array.add(name.toModern())));
            return ApiReply.ok(body);
        });
    }

    private CompletionStage<ApiReply> view(ApiRequest request) throws ProblemException {
        return wavelets.view(RequestNames.of(request), request.user())
                .thenApply(answer -> reply(answer, view -> ApiReply.ok(json(view))));
    }

    private CompletionStage<ApiReply> document(ApiRequest request) throws ProblemException {
        String id = request.parameter("document_id");
        String as = PathQuery.text(request.query(), "as").orElse("text");
        if (!List.of("text", "xml", "operations").contains(as)) {
            throw new ProblemException(
                    Problem.malformed("The query parameter as is \"" + as + "\", it can be text, xml or operations."));
        }
        return wavelets.view(RequestNames.of(request), request.user())
                .thenApply(answer -> reply(
                        answer, view -> Optional.ofNullable(view.documents().get(id))
                                .map(content -> rendered(view, id, content, as))
                                .orElseGet(() -> ApiReply.problem(Problem.notFound(
                                        "The wavelet has no document \"" + id + "\"; its view lists those it has.")))));
    }

    private static ApiReply rendered(WaveletView view, String id, DocOp content, String as) {
        return switch (as) {
            case "text" -> ApiReply.text(200, Document.of(content).text());
            case "xml" ->
                new ApiReply(200, "application/xml", Document.of(content).toXml());
            default -> {
                ObjectNode body = JsonNodeFactory.instance.objectNode().put("document_id", id);
                body.set("hashed_version", DeltaJson.write(view.version()));
                body.putObject("document_operation").set("component", DocOpJson.write(content));
                yield ApiReply.ok(body);
            }
        };
    }

    private CompletionStage<ApiReply> deltas(ApiRequest request) throws ProblemException {
        WaveletName name = RequestNames.of(request);
        Map<String, String> query = request.query();
        long bytes =
                Math.max(1, PathQuery.number(query, "max_bytes", settings.maxPageBytes(), settings.maxPageBytes()));
        long wait = PathQuery.number(query, "wait_ms", 0, settings.maxWait().toMillis());
        HashedVersion from = from(name, query);
        return leaving.orElse(
                        wavelets.deltas(name, request.user(), from, bytes, Duration.ofMillis(wait)),
                        // Whoever waits has everything up to there. He asks again, and comes to another node.
                        () -> new Answer.Ok<>(new DeltaPage(List.of(), from)))
                .thenApply(answer -> reply(answer, page -> ApiReply.ok(json(page))));
    }

    private static HashedVersion from(WaveletName name, Map<String, String> query) throws ProblemException {
        long version = PathQuery.number(query, "version", 0, Long.MAX_VALUE);
        if (version == 0) {
            return HashChain.zero(name);
        }
        String hash = PathQuery.text(query, "history_hash")
                .orElseThrow(() -> new ProblemException(Problem.malformed(
                        "A version above 0 needs its history_hash: base64 as in hashed_version, percent-encoded.")));
        try {
            return new HashedVersion(
                    version, ByteString.copyFrom(Base64.getDecoder().decode(hash)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.malformed(
                            "The query parameter history_hash is not base64. Percent-encode it: a bare + in a query is a space."));
        }
    }

    static <T> ApiReply reply(Answer<T> answer, Function<T, ApiReply> ok) {
        if (answer instanceof Answer.Ok<T> yes) {
            return ok.apply(yes.value());
        }
        return ApiReply.problem(Problem.of(((Answer.No<T>) answer).refusal()));
    }

    /** A page of deltas, the same over HTTP and WebSocket. */
    public static ObjectNode json(DeltaPage page) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode deltas = body.putArray("deltas");
        page.deltas().forEach(delta -> deltas.add(DeltaJson.write(delta)));
        body.set("head", DeltaJson.write(page.head()));
        return body;
    }

    private static ObjectNode json(WaveletView view) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("wavelet", view.name().toModern());
        body.set("hashed_version", DeltaJson.write(view.version()));
        body.put("creator", view.creator().address());
        body.put("creation_time", view.creationTimeMillis());
        body.put("last_modified_time", view.lastModifiedTimeMillis());
        ArrayNode participants = body.putArray("participants");
        view.participants().forEach(participant -> participants.add(participant.address()));
        ArrayNode documents = body.putArray("documents");
        view.documents().forEach((id, content) -> {
            ObjectNode document = documents.addObject().put("document_id", id);
            document.putObject("document_operation").set("component", DocOpJson.write(content));
        });
        return body;
    }
}
