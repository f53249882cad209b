package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.ot.CompositionException;
import io.wavegate.wavelet.ot.DocOpComposer;
import io.wavegate.wavelet.ot.DocOpInverter;
import java.util.List;

/** Judges composition, application to a document, and inversion (spec sections 10.2 and 10.3). */
public final class ComposeCheck implements VectorCheck {
    @Override
    public String fileName() {
        return "compose";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        String kind = c.required("kind").textValue();
        return switch (kind) {
            case "compose" -> composition(c);
            case "apply" -> application(c);
            case "invert" ->
                CaseResult.equal(
                        "inverse",
                        VectorJson.docOp(c.required("inverse")),
                        DocOpInverter.invert(VectorJson.docOp(c.required("op"))));
            default -> new CaseResult.NotJudged("unknown kind " + kind);
        };
    }

    private static CaseResult composition(JsonNode c) {
        String expectedError = c.path("error").asText("none");
        try {
            DocOp actual =
                    DocOpComposer.compose(VectorJson.docOp(c.required("op1")), VectorJson.docOp(c.required("op2")));
            return c.has("error")
                    ? CaseResult.equal("error", expectedError, actual)
                    : CaseResult.equal("composed", VectorJson.docOp(c.required("composed")), actual);
        } catch (CompositionException e) {
            return c.has("error") ? CaseResult.passed() : CaseResult.equal("error", expectedError, e.toString());
        }
    }

    private static CaseResult application(JsonNode c) {
        Document document = Document.EMPTY.apply(VectorJson.docOp(c.required("document")));
        Document actual = document.apply(VectorJson.docOp(c.required("op")));
        String xml = c.path("result_xml").asText(actual.toXml());
        return CaseResult.equal(
                "result, lengths, XML",
                List.of(
                        VectorJson.docOp(c.required("result")),
                        c.required("input_length").intValue(),
                        c.required("output_length").intValue(),
                        xml),
                List.of(actual.toOperation(), document.length(), actual.length(), actual.toXml()));
    }
}
