package io.wavegate.node.config;

import java.util.List;
import java.util.stream.Collectors;

/** Ends a command with findings for the operator and no stack trace. */
public final class FindingException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int FAILED = 1;

    private final transient List<Finding> findings;
    private final int exitCode;

    private FindingException(List<Finding> findings, int exitCode) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining(System.lineSeparator())));
        this.findings = List.copyOf(findings);
        this.exitCode = exitCode;
    }

    public FindingException(List<Finding> findings) {
        this(findings, FAILED);
    }

    public FindingException(String thing, String cause, String nextStep) {
        this(List.of(new Finding(thing, cause, nextStep)));
    }

    /** @param exitCode of the process, where it is another than 1 */
    public FindingException(Finding finding, int exitCode) {
        this(List.of(finding), exitCode);
    }

    /** At least one. */
    public List<Finding> findings() {
        return findings;
    }

    /** Of the process: 1, or what the command's help says. */
    public int exitCode() {
        return exitCode;
    }
}
