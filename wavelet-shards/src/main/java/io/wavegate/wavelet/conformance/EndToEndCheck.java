package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.wavelet.trust.Pem;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges end-to-end: sessions of a host and of a replica, through the parsers, signatures, authority and replica, byte
 * for byte (spec sections 7 and 8).
 */
public final class EndToEndCheck implements VectorCheck {
    private final Map<String, List<ByteString>> histories;

    public EndToEndCheck() {
        this(Map.of());
    }

    private EndToEndCheck(Map<String, List<ByteString>> histories) {
        this.histories = histories;
    }

    @Override
    public String fileName() {
        return "end-to-end";
    }

    // A replica's history requests were answered by the host session of the same wavelet.
    @Override
    public VectorCheck prepare(VectorFile file) {
        Map<String, List<ByteString>> found = new HashMap<>();
        for (JsonNode c : file.cases()) {
            if (c.path("kind").asText().equals("host-session")) {
                List<ByteString> history =
                        found.computeIfAbsent(c.required("wavelet").textValue(), name -> new ArrayList<>());
                c.required("steps").forEach(step -> {
                    if (step.has("applied_delta")) {
                        history.add(VectorJson.bytes(step.get("applied_delta")));
                    }
                });
            }
        }
        return new EndToEndCheck(found);
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        try {
            VectorSigners signers = VectorSigners.of(
                    Pem.certificates(meta.required("trust_root_pem").textValue()),
                    Instant.parse(meta.required("validation_time").textValue()));
            Map<String, JsonNode> byDomain = new HashMap<>();
            meta.required("signers")
                    .forEach(signer -> byDomain.put(signer.required("domain").textValue(), signer));
            String wavelet = c.required("wavelet").textValue();
            return switch (c.required("kind").textValue()) {
                case "host-session" -> new HostSession(c, byDomain, signers).run();
                case "remote-replica" ->
                    new ReplicaSession(c, byDomain, signers, histories.getOrDefault(wavelet, List.of())).run();
                default -> new CaseResult.NotJudged("unknown kind " + c.get("kind"));
            };
        } catch (GeneralSecurityException e) {
            return new CaseResult.Failed("the case's own keys cannot be read: " + e.getMessage());
        }
    }
}
