package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.document.InvalidOperationException;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.ot.DocOpWellFormedness;
import io.wavegate.wavelet.ot.Violation;
import java.util.List;
import java.util.Optional;

/** Judges verdicts on operations (spec sections 10.1 and 10.2): the kind of refusal and its reason. */
public final class InvalidOpsCheck implements VectorCheck {
    @Override
    public String fileName() {
        return "invalid-ops";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        String result = c.required("result").textValue();
        return CaseResult.equal(
                "result, reason, accepted by the parser",
                List.of(
                        result,
                        c.path("reason").asText("none"),
                        c.required("parse").textValue().equals("ok")),
                verdict(VectorJson.docOp(c.required("document")), VectorJson.docOp(c.required("op"))));
    }

    private static List<Object> verdict(DocOp document, DocOp operation) {
        Optional<Violation> violation = DocOpWellFormedness.check(operation);
        if (violation.isPresent()) {
            // What the reference refuses while it reads one component, it names by its exception only.
            return violation.get().rule().concernsKeysOfOneComponent()
                    ? List.of("CONSTRUCTION_ERROR", "IllegalArgumentException", false)
                    : List.of("ILL_FORMED", violation.get().rule().slug(), false);
        }
        try {
            Document.EMPTY.apply(document).apply(operation);
            return List.of("VALID", "none", true);
        } catch (InvalidOperationException e) {
            return List.of("INVALID_DOCUMENT", e.reason().slug(), true);
        }
    }
}
