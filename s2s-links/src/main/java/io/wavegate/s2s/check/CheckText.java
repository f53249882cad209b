package io.wavegate.s2s.check;

import java.util.ArrayList;
import java.util.List;

/** A report of checks for an operator's eyes: what was found, area by area, and what to do about it at the end. */
public final class CheckText {
    private static final String INDENT = "         ";
    private static final int WIDTH = 110;

    private CheckText() {}

    /** Ends with a line end. */
    public static String of(CheckReport report) {
        StringBuilder text = new StringBuilder();
        text.append(
                report.subject().equals(report.local())
                        ? "Check of our own domain " + report.subject() + ", as others see it\n"
                        : "Check of " + report.subject() + ", in the name of " + report.local() + "\n");
        Area area = null;
        for (Check check : report.checks()) {
            if (check.area() != area) {
                area = check.area();
                text.append('\n').append(area.title()).append('\n');
            }
            append(check, text);
        }
        text.append('\n');
        wrapped("", verdict(report), "", text);
        return text.toString();
    }

    private static void append(Check check, StringBuilder text) {
        String time = check.millis().isPresent() ? "(" + check.millis().getAsLong() + " ms)" : "";
        wrapped(label(check.severity()), check.finding(), time, text);
        if (!check.remedy().isEmpty()) {
            wrapped(INDENT, side(check.side()) + check.remedy(), "", text);
        }
    }

    private static String label(Severity severity) {
        return switch (severity) {
            case OK -> "  ok     ";
            case NOTE -> "  note   ";
            case WARNING -> "  WARN   ";
            case ERROR -> "  ERROR  ";
        };
    }

    private static String side(Side side) {
        return switch (side) {
            case NOBODY -> "-> ";
            case OURS -> "-> on our side: ";
            case REMOTE -> "-> on their side: ";
            case BETWEEN -> "-> on either side: ";
        };
    }

    /** @param last kept together */
    private static void wrapped(String first, String words, String last, StringBuilder text) {
        List<String> parts = new ArrayList<>(List.of(words.split(" ")));
        if (!last.isEmpty()) {
            parts.add(last);
        }
        String prefix = first;
        StringBuilder line = new StringBuilder();
        for (String word : parts) {
            if (line.length() > 0 && INDENT.length() + line.length() + word.length() + 1 > WIDTH) {
                text.append(prefix).append(line).append('\n');
                line.setLength(0);
                prefix = INDENT;
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        text.append(prefix).append(line).append('\n');
    }

    private static String verdict(CheckReport report) {
        long errors = report.count(Severity.ERROR);
        long warnings = report.count(Severity.WARNING);
        if (errors == 0 && warnings == 0) {
            return "Verdict: all is well.";
        }
        List<String> counts = new ArrayList<>();
        if (errors > 0) {
            counts.add(errors + (errors == 1 ? " error" : " errors"));
        }
        if (warnings > 0) {
            counts.add(warnings + (warnings == 1 ? " warning" : " warnings"));
        }
        return "Verdict: " + String.join(", ", counts) + ". Begin with: "
                + first(report).finding();
    }

    /** What stands first in the way of a stanza. */
    private static Check first(CheckReport report) {
        return report.checks().stream()
                .filter(check -> check.severity() == report.worst())
                .findFirst()
                .orElseThrow();
    }
}
