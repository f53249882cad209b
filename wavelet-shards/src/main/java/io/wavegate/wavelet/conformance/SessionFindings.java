package io.wavegate.wavelet.conformance;

import java.util.Optional;
import java.util.TreeMap;

/** What the steps of one session showed: the first failure, and every decision that made a difference. */
final class SessionFindings {
    private final TreeMap<String, String> decisions = new TreeMap<>();
    private Optional<String> failure = Optional.empty();

    void fail(String detail) {
        failure = failure.or(() -> Optional.of(detail));
    }

    void differs(String decisionId, String detail) {
        decisions.putIfAbsent(decisionId, detail);
    }

    void expectEqual(String what, Object expected, Object actual) {
        if (CaseResult.equal(what, expected, actual) instanceof CaseResult.Failed failed) {
            fail(failed.detail());
        }
    }

    boolean hasFailed() {
        return failure.isPresent();
    }

    /** Several decisions are told as one id, joined by {@code +}. */
    CaseResult result() {
        if (failure.isPresent()) {
            return new CaseResult.Failed(failure.get());
        }
        return decisions.isEmpty()
                ? CaseResult.passed()
                : new CaseResult.DiffersByDecision(
                        String.join("+", decisions.keySet()), String.join("; ", decisions.values()));
    }
}
