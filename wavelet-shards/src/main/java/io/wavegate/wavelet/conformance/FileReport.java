package io.wavegate.wavelet.conformance;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The outcome of one vector file.
 *
 * @param file the file's name without extension
 * @param passed how many cases agree with the reference
 * @param differsByDecision how many cases differ, by decision id
 * @param notJudged how many cases could not be compared
 * @param notJudgedReasons why, distinct
 * @param failed how many cases differ without a decision
 * @param firstFailures the first few of them, in order
 */
public record FileReport(
        String file,
        int passed,
        SortedMap<String, Integer> differsByDecision,
        int notJudged,
        SortedSet<String> notJudgedReasons,
        int failed,
        List<Failure> firstFailures) {
    /** How many failures are kept with their detail. */
    public static final int KEPT_FAILURES = 10;

    public FileReport {
        firstFailures = List.copyOf(firstFailures);
    }

    /**
     * A failed case.
     *
     * @param index which case, from 0
     * @param detail expected and actual
     */
    public record Failure(int index, String detail) {}

    /** All cases of the file. */
    public int total() {
        return passed + notJudged + failed + differing();
    }

    /** Cases that differ by a decision. */
    public int differing() {
        return differsByDecision.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One line, followed by one line for each kept failure. */
    public String render() {
        StringBuilder text = new StringBuilder(String.format(
                "%-18s %6d cases  %6d passed  %4d differ by decision %s  %4d not judged %s  %4d failed",
                file, total(), passed, differing(), differsByDecision, notJudged, notJudgedReasons, failed));
        firstFailures.forEach(failure ->
                text.append("\n    case ").append(failure.index()).append(": ").append(failure.detail()));
        return text.toString();
    }
}
