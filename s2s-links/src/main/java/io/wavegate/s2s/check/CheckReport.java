package io.wavegate.s2s.check;

import java.util.Comparator;
import java.util.List;

/**
 * What a run of checks found.
 *
 * @param subject the domain that was looked at
 * @param local our domain in whose name it was looked at
 * @param checks ordered by area, within one as they were made
 */
public record CheckReport(String subject, String local, List<Check> checks) {
    public CheckReport {
        checks = checks.stream().sorted(Comparator.comparing(Check::area)).toList();
    }

    /** The worst severity of all. */
    public Severity worst() {
        return checks.stream()
                .map(Check::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.OK);
    }

    /** How many of a severity there are. */
    public long count(Severity severity) {
        return checks.stream().filter(check -> check.severity() == severity).count();
    }
}
