package io.wavegate.load.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as text. */
final class ReportWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportWriter() {}

    static String json(Map<String, String> machine, List<Section> sections) {
        ObjectNode root = JSON.createObjectNode();
        machine.forEach(root.putObject("machine")::put);
        ArrayNode list = root.putArray("sections");
        for (Section section : sections) {
            ObjectNode node = list.addObject()
                    .put("section", section.key())
                    .put("title", section.title())
                    .put("about", section.about())
                    .put("state", section.state().name().toLowerCase(Locale.ROOT))
                    .put("took", section.took());
            ArrayNode figures = node.putArray("figures");
            for (Figure figure : section.figures()) {
                ObjectNode value = figures.addObject()
                        .put("name", figure.name())
                        .put("value", figure.value())
                        .put("unit", figure.unit());
                if (!Double.isNaN(figure.cpuMicros())) {
                    value.put("cpuMicros", figure.cpuMicros());
                }
            }
            section.notes().forEach(node.putArray("notes")::add);
            section.failures().forEach(node.putArray("failures")::add);
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String markdown(Map<String, String> machine, List<Section> sections) {
        StringBuilder text = new StringBuilder("# Load report\n\n");
        machine.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        sections.forEach(section -> text.append('\n').append(markdown(section)));
        return text.toString();
    }

    static String markdown(Section section) {
        StringBuilder text = new StringBuilder("## ")
                .append(section.title())
                .append("\n\n")
                .append(section.about())
                .append('\n');
        if (section.state() == Section.State.UNFINISHED) {
            text.append("\nUNFINISHED: it was still being measured when this was written.\n");
        }
        section.failures()
                .forEach(failure -> text.append("\nFAILED: ").append(failure).append('\n'));
        if (!section.figures().isEmpty()) {
            text.append("\n| what | value | unit | CPU µs each |\n|---|---:|---|---:|\n");
        }
        for (Figure figure : section.figures()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |\n",
                    figure.name(),
                    number(figure.value()),
                    figure.unit(),
                    Double.isNaN(figure.cpuMicros()) ? "" : number(figure.cpuMicros())));
        }
        section.notes().forEach(note -> text.append("\nNote: ").append(note).append('\n'));
        return section.took().isEmpty()
                ? text.toString()
                : text.append('\n').append(section.took()).append('\n').toString();
    }

    /** A figure for a person who waits. */
    static String line(Figure figure) {
        return figure.name() + ": " + number(figure.value()) + " " + figure.unit()
                + (Double.isNaN(figure.cpuMicros()) ? "" : ", CPU " + number(figure.cpuMicros()) + " µs each");
    }

    private static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
