package io.wavegate.wavelet.ot;

/**
 * An operation breaks a rule of well-formedness.
 *
 * @param rule which
 * @param component the index of the component that breaks it; for a rule about the end, how many there are
 * @param text the finding in words, without content of the operation
 */
public record Violation(Rule rule, int component, String text) {
    static Violation of(Rule rule, int component) {
        return new Violation(rule, component, rule.slug().replace('-', ' ') + " at component " + component);
    }
}
