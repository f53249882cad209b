package io.wavegate.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures everything, or the parts that {@code --only a,b} names, and writes {@code report.json} and {@code report.md}. */
public final class LoadReport {
    private static final Logger LOG = LoggerFactory.getLogger(LoadReport.class);
    private static final List<Measurement> ALL = List.of(
            new Curves(),
            new Signatures(),
            new LocalTraces(),
            new Entities(),
            new Federated(),
            new Relay(),
            new IdleMemory());

    private LoadReport() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        List<String> given = Arrays.asList(arguments);
        Effort effort = given.contains("--quick") ? Effort.QUICK : Effort.FULL;
        Path folder = Path.of(option(given, "--out", "load-tests/target/report"));
        List<String> only = Arrays.asList(option(given, "--only", "").split(",", -1));
        List<Section> sections = new ArrayList<>();
        for (Measurement measurement : ALL) {
            if (only.contains("") || only.contains(measurement.key())) {
                sections.add(measure(measurement, effort));
            }
        }
        Map<String, String> machine = Machine.facts();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.json"), ReportWriter.json(machine, sections));
        String text = ReportWriter.markdown(machine, sections);
        Files.writeString(folder.resolve("report.md"), text);
        System.out.println(text);
        System.out.println("Written to " + folder.resolve("report.json") + " and report.md beside it.");
    }

    private static Section measure(Measurement measurement, Effort effort) {
        LOG.info("Measuring {} ...", measurement.key());
        try {
            return measurement.measure(effort);
        } catch (Exception e) {
            LOG.error("Measuring {} failed", measurement.key(), e);
            return new Section(measurement.key(), "", List.of(), List.of("failed: " + e));
        }
    }

    private static String option(List<String> given, String name, String otherwise) {
        int at = given.indexOf(name);
        return at >= 0 && at + 1 < given.size() ? given.get(at + 1) : otherwise;
    }
}
