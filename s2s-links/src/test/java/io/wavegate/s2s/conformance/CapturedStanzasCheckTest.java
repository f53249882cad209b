package io.wavegate.s2s.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.s2s.federation.Incoming;
import io.wavegate.s2s.federation.IncomingReader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.conformance.CaseResult;
import io.wavegate.wavelet.conformance.VectorFile;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CapturedStanzasCheckTest {
    private static VectorFile vectors() throws Exception {
        String name = "captured-stanzas.json.gz";
        try (InputStream in = CapturedStanzasCheckTest.class.getResourceAsStream("/vectors/" + name)) {
            return VectorFile.read(name, in);
        }
    }

    @Test
    void everyCapturedStanzaIsUnderstoodOrRefusedAsTheReferenceDoes() throws Exception {
        CapturedStanzasCheck check = new CapturedStanzasCheck();
        Map<String, CaseResult> failed = new LinkedHashMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        VectorFile vectors = vectors();
        for (JsonNode theCase : vectors.cases()) {
            CaseResult result = check.check(vectors.meta(), theCase);
            counts.merge(result.getClass().getSimpleName(), 1, Integer::sum);
            if (result instanceof CaseResult.Failed) {
                failed.put(theCase.get("stanza").textValue(), result);
            }
        }
        assertThat(failed).isEmpty();
        assertThat(counts.get("Passed")).isGreaterThan(400);
        assertThat(counts.get("NotJudged")).isEqualTo(12);
        assertThat(counts.get("DiffersByDecision")).isLessThan(80);
    }

    /** Whether the reference was silent is told by the capture itself: no stanza with that id goes back. */
    @Test
    void whatIsCalledSilenceWasSilence() throws Exception {
        CapturedStanzasCheck check = new CapturedStanzasCheck();
        VectorFile vectors = vectors();
        Map<String, Integer> answered = new TreeMap<>();
        for (JsonNode theCase : vectors.cases()) {
            if (theCase.get("direction").textValue().equals("out")) {
                StanzaText.read(theCase.get("stanza").textValue())
                        .flatMap(stanza -> stanza.attribute("id"))
                        .ifPresent(id -> answered.merge(id, 1, Integer::sum));
            }
        }
        Set<String> wrong = new HashSet<>();
        for (JsonNode theCase : vectors.cases()) {
            XmlElement stanza =
                    StanzaText.read(theCase.get("stanza").textValue()).orElse(null);
            CaseResult result = check.check(vectors.meta(), theCase);
            if (stanza != null && IncomingReader.read(stanza) instanceof Incoming.Refused) {
                boolean silent = !answered.containsKey(stanza.attribute("id").orElse(""));
                boolean called = result instanceof CaseResult.DiffersByDecision differs
                        && differs.decisionId().equals(StanzaDecisions.ANSWER_INSTEAD_OF_SILENCE);
                boolean agreed = result instanceof CaseResult.Passed;
                if ((called && !silent) || (agreed && silent)) {
                    wrong.add(theCase.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
