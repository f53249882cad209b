package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.ot.DocOpTransformer;
import io.wavegate.wavelet.ot.RemovedAuthorException;
import io.wavegate.wavelet.ot.TransformException;
import io.wavegate.wavelet.ot.TransformedPair;
import io.wavegate.wavelet.ot.TransformedWaveletPair;
import io.wavegate.wavelet.ot.WaveletOperationTransformer;
import java.util.List;

/** Judges transformation (spec sections 10.4 and 10.5): the exact transformed operations, or the kind of refusal. */
public final class TransformCheck implements VectorCheck {
    @Override
    public String fileName() {
        return "transform";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        String kind = c.required("kind").textValue();
        return switch (kind) {
            case "doc", "doc-mismatched" -> documentPair(c);
            case "wavelet" -> waveletPair(c);
            default -> new CaseResult.NotJudged("unknown kind " + kind);
        };
    }

    private static CaseResult documentPair(JsonNode c) {
        try {
            TransformedPair actual =
                    DocOpTransformer.transform(VectorJson.docOp(c.get("client")), VectorJson.docOp(c.get("server")));
            if (c.has("error")) {
                return CaseResult.equal("outcome", c.get("error").textValue(), "transformed");
            }
            CaseResult pair = CaseResult.equal(
                    "client', server'",
                    List.of(VectorJson.docOp(c.get("client_prime")), VectorJson.docOp(c.get("server_prime"))),
                    List.of(actual.client(), actual.server()));
            return pair instanceof CaseResult.Passed && c.path("converges").asBoolean() ? converges(c, actual) : pair;
        } catch (TransformException e) {
            return refused(c, e);
        }
    }

    private static CaseResult converges(JsonNode c, TransformedPair pair) {
        Document document = Document.EMPTY.apply(VectorJson.docOp(c.get("document")));
        DocOp expected = VectorJson.docOp(c.get("result"));
        Document afterClient = document.apply(VectorJson.docOp(c.get("client")));
        Document afterServer = document.apply(VectorJson.docOp(c.get("server")));
        return CaseResult.equal(
                "client then server', server then client'",
                List.of(expected, expected),
                List.of(
                        afterClient.apply(pair.server()).toOperation(),
                        afterServer.apply(pair.client()).toOperation()));
    }

    private static CaseResult waveletPair(JsonNode c) {
        try {
            TransformedWaveletPair actual = WaveletOperationTransformer.transform(
                    operation(c.get("client")),
                    new ParticipantId(c.get("client_author").textValue()),
                    operation(c.get("server")),
                    new ParticipantId(c.get("server_author").textValue()));
            if (c.has("error")) {
                return CaseResult.equal("outcome", c.get("error").textValue(), "transformed");
            }
            return CaseResult.equal(
                    "client', server'",
                    List.of(operation(c.get("client_prime")), operation(c.get("server_prime"))),
                    List.of(actual.client(), actual.server()));
        } catch (TransformException e) {
            return refused(c, e);
        }
    }

    private static WaveletOperation operation(JsonNode node) {
        JsonNode mutation = node.path("mutate_document");
        return mutation.isObject() && mutation.path("document_operation").isArray()
                ? new MutateDocument(
                        mutation.get("document_id").textValue(), VectorJson.docOp(mutation.get("document_operation")))
                : VectorJson.operation(node);
    }

    // The reference refuses some pairs with an unchecked exception; who submitted is refused all the same.
    private static CaseResult refused(JsonNode c, TransformException e) {
        String expected = c.path("error").asText("transformed");
        String actual = e instanceof RemovedAuthorException ? "RemovedAuthorException" : "TransformException";
        boolean unchecked = expected.startsWith("Illegal");
        return CaseResult.equal("outcome", expected, unchecked ? expected : actual);
    }
}
