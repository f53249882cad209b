package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.conformance.CaseResult.DiffersByDecision;
import io.wavegate.wavelet.model.QualifiedId;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Optional;

/** Judges wavelet-names: validity and the forms of names (spec sections 1 and 11). */
public final class WaveletNamesCheck implements VectorCheck {
    /** Only names of the modern grammar are read, in whatever form they come. */
    static final String MODERN_GRAMMAR_ONLY = "D-01";

    @Override
    public String fileName() {
        return "wavelet-names";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        String kind = c.required("kind").textValue();
        return switch (kind) {
            case "components" -> components(c);
            case "uri" -> uri(c);
            case "modern_wavelet_name" -> parsed(c, WaveletName.parseModern(text(c, "string")));
            case "id" -> id(c);
            default -> new CaseResult.NotJudged("unknown kind " + kind);
        };
    }

    private static CaseResult components(JsonNode c) {
        Optional<WaveletName> name = name(c);
        if (!c.required("valid").booleanValue() || name.isEmpty()) {
            return CaseResult.equal("valid", c.get("valid").booleanValue(), name.isPresent());
        }
        WaveletName actual = name.get();
        List<String> expected = List.of(
                text(c, "uri"),
                text(c, "modern_wavelet_name"),
                text(c, "modern_wave_id"),
                text(c, "modern_wavelet_id"),
                text(c, "legacy_wave_id"),
                text(c, "legacy_wavelet_id"),
                c.required("uri_round_trips").asText());
        boolean roundTrips = WaveletName.parseUri(actual.toUri()).equals(name);
        return CaseResult.equal(
                "forms",
                expected,
                List.of(
                        actual.toUri(),
                        actual.toModern(),
                        actual.wave().toModern(),
                        actual.wavelet().toModern(),
                        actual.wave().toLegacy(),
                        actual.wavelet().toLegacy(),
                        String.valueOf(roundTrips)));
    }

    private static CaseResult uri(JsonNode c) {
        Optional<WaveletName> actual = WaveletName.parseUri(text(c, "string"));
        CaseResult result = parsed(c, actual);
        return actual.isPresent() && result instanceof CaseResult.Passed
                ? CaseResult.equal(
                        "reencoded", text(c, "reencoded"), actual.get().toUri())
                : result;
    }

    private static CaseResult parsed(JsonNode c, Optional<WaveletName> actual) {
        if (!c.required("valid").booleanValue()) {
            return CaseResult.equal("parsed", Optional.empty(), actual);
        }
        Optional<WaveletName> expected = name(c.required("components"));
        return expected.isEmpty() && actual.isEmpty()
                ? new DiffersByDecision(MODERN_GRAMMAR_ONLY, "refused: " + c.get("string"))
                : CaseResult.equal("parsed", expected, actual);
    }

    private static CaseResult id(JsonNode c) {
        String text = text(c, "string");
        CaseResult difference = CaseResult.passed();
        for (CaseResult form : List.of(
                idForm(c.required("modern"), QualifiedId.parseModern(text)),
                idForm(c.required("legacy"), QualifiedId.parseLegacy(text)),
                idForm(c.required("dual"), QualifiedId.parse(text)))) {
            if (form instanceof CaseResult.Failed) {
                return form;
            } else if (form instanceof DiffersByDecision) {
                difference = form;
            }
        }
        return difference;
    }

    private static CaseResult idForm(JsonNode expected, Optional<QualifiedId> actual) {
        if (expected.has("error")) {
            return CaseResult.equal("id", Optional.empty(), actual);
        }
        Optional<QualifiedId> parts = QualifiedId.of(text(expected, "domain"), text(expected, "id"));
        return parts.isEmpty() && actual.isEmpty()
                ? new DiffersByDecision(MODERN_GRAMMAR_ONLY, "refused: " + expected)
                : CaseResult.equal("id", parts, actual);
    }

    private static Optional<WaveletName> name(JsonNode parts) {
        return QualifiedId.of(text(parts, "wave_domain"), text(parts, "wave_id"))
                .flatMap(wave -> QualifiedId.of(text(parts, "wavelet_domain"), text(parts, "wavelet_id"))
                        .map(wavelet -> WaveletName.of(wave, wavelet)));
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }
}
