package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.ot.CompositionException;
import io.wavegate.wavelet.ot.DocOpComposer;
import io.wavegate.wavelet.ot.DocOpInverter;
import io.wavegate.wavelet.ot.DocOpLengths;
import java.util.List;

/** Judges composition, application to a document, and inversion (spec sections 10.2 and 10.3). */
public final class ComposeCheck implements VectorCheck {
    /** What does not fit by length does not compose; the reference overlooks it if the last component starts in time. */
    static final String LENGTHS_MUST_MATCH = "D-20";

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
        DocOp first = VectorJson.docOp(c.required("op1"));
        DocOp second = VectorJson.docOp(c.required("op2"));
        String expectedError = c.path("error").asText("none");
        try {
            DocOp actual = DocOpComposer.compose(first, second);
            return c.has("error")
                    ? CaseResult.equal("error", expectedError, actual)
                    : CaseResult.equal("composed", VectorJson.docOp(c.required("composed")), actual);
        } catch (CompositionException e) {
            if (c.has("error")) {
                return CaseResult.passed();
            }
            return DocOpLengths.input(second) > DocOpLengths.output(first)
                    ? new CaseResult.DiffersByDecision(LENGTHS_MUST_MATCH, e.toString())
                    : CaseResult.equal("error", expectedError, e.toString());
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
