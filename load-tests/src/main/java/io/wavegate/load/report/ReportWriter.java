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
            ObjectNode node = list.addObject().put("title", section.title()).put("about", section.about());
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
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n").append(section.about());
            if (!section.figures().isEmpty()) {
                text.append("\n\n| what | value | unit | CPU µs each |\n|---|---:|---|---:|\n");
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
        }
        return text.toString();
    }

    private static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
