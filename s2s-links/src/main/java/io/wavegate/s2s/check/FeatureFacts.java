package io.wavegate.s2s.check;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server offers on a stream.
 *
 * @param startTls whether it offers STARTTLS
 * @param external whether it offers SASL EXTERNAL
 * @param dialback whether it speaks dialback, by its header or a feature
 * @param others the rest, by namespace, a bounded number
 */
public record FeatureFacts(boolean startTls, boolean external, boolean dialback, List<String> others) {
    private static final int MAX_OTHERS = 20;
    private static final int MAX_TEXT = 100;

    public FeatureFacts {
        others = List.copyOf(others);
    }

    /** @param dialbackDeclared the header of the stream declares its namespace */
    static FeatureFacts of(XmlElement features, boolean dialbackDeclared) {
        boolean startTls = features.child(Xmlns.TLS, "starttls").isPresent();
        boolean external = features.child(Xmlns.SASL, "mechanisms").stream()
                .flatMap(mechanisms -> mechanisms.elements().stream())
                .anyMatch(mechanism -> mechanism.text().strip().equals("EXTERNAL"));
        boolean dialback = features.child(Xmlns.DIALBACK_FEATURE, "dialback").isPresent();
        List<String> others = new ArrayList<>();
        for (XmlElement feature : features.elements()) {
            String namespace = feature.name().namespace();
            boolean known = namespace.equals(Xmlns.TLS)
                    || namespace.equals(Xmlns.SASL)
                    || namespace.equals(Xmlns.DIALBACK_FEATURE);
            if (!known && others.size() < MAX_OTHERS) {
                others.add(namespace.length() > MAX_TEXT ? namespace.substring(0, MAX_TEXT) : namespace);
            }
        }
        return new FeatureFacts(startTls, external, dialbackDeclared || dialback, others);
    }
}
