package io.wavegate.load.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code load-tests/report}. */
@Command(
        name = "load-tests/report",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Measures what is claimed and writes it as report.json and report.md, each figure as soon as it is there.",
        footer = "%nExit code 0: all measured. 1: something failed, the report says what. 2: wrong usage.")
public final class LoadReport implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadReport.class);
    private static final List<Measurement> ALL = List.of(
            new Curves(),
            new Signatures(),
            new LocalTraces(),
            new Entities(),
            new JournalCost(),
            new Neighbours(),
            new IdleMemory(),
            new Federated(),
            new Relay());

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "A few minutes in all: are the figures in the right region?")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SECTION",
            description =
                    "Only these: curves, signatures, traces, entities, journal, neighbours, memory, federated, relay.")
    private List<String> only = List.of();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "load-tests/target/report",
            description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--whole-traces",
            description =
                    "In \"federated\", send every edit of a sequential trace as a delta of its own, not the first "
                            + "3,000 (500 with --quick). Takes the better part of an hour.")
    private boolean wholeTraces;

    @Option(
            names = "--domains",
            paramLabel = "N",
            description = "In \"relay\", how many idle domains (default: 500, 50 with --quick).")
    private Optional<Integer> domains;

    private LoadReport() {}

    /** See the class. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadReport()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Effort effort = effort();
        List<Measurement> chosen = chosen();
        ReportFiles files = new ReportFiles(folder, Machine.facts());
        RunningReport report = new RunningReport(files);
        LOG.info("{} sections, about {} in all", chosen.size(), time(chosen, effort));
        for (Measurement measurement : chosen) {
            LOG.info("Section \"{}\": about {} ...", measurement.key(), time(List.of(measurement), effort));
            System.out.println(ReportWriter.markdown(report.measure(measurement, effort)));
        }
        System.out.println("Written to " + files.markdown() + " and " + files.json() + ".");
        return report.hasFailures() ? 1 : 0;
    }

    private Effort effort() {
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        Effort withDomains = domains.map(effort::withDomains).orElse(effort);
        if (withDomains.domains() < 10) {
            throw new ParameterException(spec.commandLine(), "--domains: at least 10");
        }
        return wholeTraces ? withDomains.withDeltas(Integer.MAX_VALUE) : withDomains;
    }

    private List<Measurement> chosen() {
        for (String key : only) {
            if (ALL.stream().noneMatch(measurement -> measurement.key().equals(key))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--only: there is no section \"" + key + "\"; there are "
                                + ALL.stream().map(Measurement::key).collect(Collectors.joining(", ")));
            }
        }
        return ALL.stream()
                .filter(measurement -> only.isEmpty() || only.contains(measurement.key()))
                .toList();
    }

    private static String time(List<Measurement> measurements, Effort effort) {
        long seconds = measurements.stream()
                .map(measurement -> measurement.expected(effort))
                .mapToLong(Duration::toSeconds)
                .sum();
        return seconds < 90 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }
}
