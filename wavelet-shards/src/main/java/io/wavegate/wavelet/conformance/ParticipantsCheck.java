package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.conformance.CaseResult.DiffersByDecision;
import io.wavegate.wavelet.model.DomainName;
import io.wavegate.wavelet.model.ParticipantId;
import java.util.List;

/** Judges participants: well-formedness, lower-casing and domains of addresses (spec sections 7 and 11). */
public final class ParticipantsCheck implements VectorCheck {
    /** An address of nothing but {@code @} has the empty domain; nobody is told (the reference throws). */
    static final String NO_DOMAIN = "D-02";

    @Override
    public String fileName() {
        return "participants";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        String address = c.required("address").textValue();
        ParticipantId participant = new ParticipantId(address);
        boolean valid = c.required("valid").booleanValue();
        boolean normalized = address.equals(participant.address())
                && participant.isWellFormed()
                && !participant.name().isEmpty()
                && DomainName.isValid(participant.domain());
        boolean shared = address.equals(participant.address()) && participant.isSharedDomain();

        CaseResult predicates = CaseResult.equal(
                "valid, normalized, shared domain",
                List.of(
                        valid,
                        c.required("is_normalized_address").booleanValue(),
                        c.required("is_domain_address").booleanValue()),
                List.of(participant.isWellFormed(), normalized, shared));
        if (!(predicates instanceof CaseResult.Passed)) {
            return predicates;
        }
        return valid ? validAddress(c, participant) : invalidAddress(c, participant);
    }

    private static CaseResult validAddress(JsonNode c, ParticipantId participant) {
        return CaseResult.equal(
                "normalized, name, domain, unchecked domain",
                List.of(text(c, "normalized"), text(c, "name"), text(c, "domain"), text(c, "unchecked_domain")),
                List.of(participant.address(), participant.name(), participant.domain(), participant.domain()));
    }

    private static CaseResult invalidAddress(JsonNode c, ParticipantId participant) {
        String expected = text(c, "unchecked_domain");
        return expected.startsWith("!") && participant.domain().isEmpty()
                ? new DiffersByDecision(NO_DOMAIN, "reference throws " + expected.substring(1))
                : CaseResult.equal("unchecked domain", expected, participant.domain());
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }
}
