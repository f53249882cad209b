package io.wavegate.node.config;

import java.util.List;
import java.util.stream.Collectors;

/** Ends a command with findings for the operator and no stack trace. */
public final class FindingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    public FindingException(List<Finding> findings) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining(System.lineSeparator())));
        this.findings = List.copyOf(findings);
    }

    public FindingException(String thing, String cause, String nextStep) {
        this(List.of(new Finding(thing, cause, nextStep)));
    }

    /** At least one. */
    public List<Finding> findings() {
        return findings;
    }
}
