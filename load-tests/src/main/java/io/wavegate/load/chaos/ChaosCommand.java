package io.wavegate.load.chaos;

import io.wavegate.load.chaos.lab.LabPlan;
import io.wavegate.load.chaos.run.ChaosRun;
import io.wavegate.load.chaos.run.Scenario;
import io.wavegate.load.chaos.run.Scenarios;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code load-tests/chaos}. */
@Command(
        name = "load-tests/chaos",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Starts two gateway clusters, a Cassandra and other servers, has users type in wavelets between them,"
                        + " and breaks things. Says what was lost (nothing may be) and how long it was felt.",
        footer =
                "%nExit code 0: all that must be 0 is 0. 1: something is not, the table and the lines below it say what."
                        + " 2: wrong usage.")
public final class ChaosCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "all",
            description = "Which, or all (default). --list names them.")
    private List<String> scenarios = List.of();

    @Option(names = "--list", description = "Names the scenarios, and ends.")
    private boolean list;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Go through the scenarios again and again for so long (default: once).")
    private int minutes;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Marks a second that all users type together (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--domains",
            paramLabel = "N",
            defaultValue = "10",
            description = "Domains of each cluster; each is in a pair with each (default: ${DEFAULT-VALUE}).")
    private int domains;

    @Option(
            names = "--nodes",
            paramLabel = "E+S|N",
            defaultValue = "2+3",
            description =
                    "The cluster that is hurt: edges and shard nodes, or nodes that do both (default: ${DEFAULT-VALUE}).")
    private String nodes = "2+3";

    @Option(
            names = "--far",
            paramLabel = "N",
            defaultValue = "2",
            description = "Nodes of the other cluster (default: ${DEFAULT-VALUE}).")
    private int far;

    @Option(
            names = "--cassandra",
            paramLabel = "N",
            defaultValue = "3",
            description = "Nodes of Cassandra (default: ${DEFAULT-VALUE}).")
    private int cassandra;

    @Option(
            names = "--production-detection",
            description = "Take nodes for dead as in production, not with the fast settings.")
    private boolean production;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "load-tests/target/chaos",
            description = "For logs and chaos.json (default: ${DEFAULT-VALUE}).")
    private Path folder;

    private ChaosCommand() {}

    /** See the class. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            Scenarios.all().forEach(one -> System.out.printf("%-16s %s%n", one.key(), one.title()));
            return 0;
        }
        LabPlan plan = new LabPlan(roles(), both(far), cassandra, domains, !production, true);
        return new ChaosRun(plan, folder.toAbsolutePath(), rate).run(chosen(), Duration.ofMinutes(minutes)) ? 0 : 1;
    }

    private List<Scenario> chosen() {
        if (scenarios.contains("all")) {
            return Scenarios.all();
        }
        return scenarios.stream()
                .map(key -> Scenarios.named(key)
                        .orElseThrow(() -> usage("--scenario: there is no \"" + key + "\"; there are "
                                + Scenarios.all().stream().map(Scenario::key).collect(Collectors.joining(", ")))))
                .toList();
    }

    private ParameterException usage(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private List<Set<String>> roles() {
        try {
            int plus = nodes.indexOf('+');
            if (plus < 0) {
                return both(Integer.parseInt(nodes));
            }
            List<Set<String>> roles = new ArrayList<>();
            for (int n = 0; n < Integer.parseInt(nodes.substring(0, plus)); n++) {
                roles.add(Set.of("edge"));
            }
            for (int n = 0; n < Integer.parseInt(nodes.substring(plus + 1)); n++) {
                roles.add(Set.of("shard"));
            }
            return roles;
        } catch (NumberFormatException e) {
            throw usage("--nodes: " + nodes + " is neither a number nor two with a + between them");
        }
    }

    private static List<Set<String>> both(int count) {
        return java.util.Collections.nCopies(count, LabPlan.BOTH);
    }
}
