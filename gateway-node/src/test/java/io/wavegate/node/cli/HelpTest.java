package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    static Stream<List<String>> commands() {
        return below(List.of(), WavegateCommand.line()).filter(path -> !path.isEmpty());
    }

    private static Stream<List<String>> below(List<String> path, CommandLine line) {
        return Stream.concat(
                Stream.of(path),
                line.getSubcommands().entrySet().stream()
                        .flatMap(entry -> below(
                                Stream.concat(path.stream(), Stream.of(entry.getKey()))
                                        .toList(),
                                entry.getValue())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandSaysWhatItDoesAndWhatItTakes(List<String> command) {
        String[] arguments =
                Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: wavegate " + String.join(" ", command))
                .doesNotContain("${");
        CommandLine line = WavegateCommand.line();
        for (String part : command) {
            line = line.getSubcommands().get(part);
        }
        assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(line.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        assertThat(line.getCommandSpec().positionalParameters())
                .allSatisfy(parameter -> assertThat(parameter.description()).isNotEmpty());
    }

    @Test
    void theTopNamesEveryCommandAndTheExitCodes() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("demo", "run", "config", "token", "conformance", "Exit codes: 0 done, 1 refused");
    }

    @Test
    void aFindingMayHaveAnExitCodeOfItsOwn() throws Exception {
        CommandLine line = WavegateCommand.line().setErr(new PrintWriter(new StringWriter()));
        CommandLine.ParseResult parsed = line.parseArgs();
        FindingException nobody =
                new FindingException(new Finding("Cluster node", "nobody lets it in", "Try again"), 75);
        assertThat(line.getExecutionExceptionHandler().handleExecutionException(nobody, line, parsed))
                .isEqualTo(75);
        assertThat(line.getExecutionExceptionHandler()
                        .handleExecutionException(new FindingException("a", "b", "c"), line, parsed))
                .isEqualTo(1);
    }

    @Test
    void theVersionIsTold() {
        CommandRun run = CommandRun.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("wavegate ");
    }

    @ParameterizedTest
    @MethodSource("wrongUsages")
    void wrongUsageEndsWithTwoAndSaysWhatIsWrong(List<String> arguments, String told) {
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.err()).contains(told).doesNotContain("\tat ");
    }

    static Stream<Arguments> wrongUsages() {
        return Stream.of(
                wrong("'dmeo'", "dmeo"),
                wrong("--trase", "demo", "--trase", "x"),
                wrong("FOLDER", "conformance"),
                wrong("--user", "token"),
                wrong("no time like 30m, 12h or 7d", "token", "--user", "ada@a.test", "--ttl", "soon"),
                wrong("mutually exclusive", "token", "--user", "ada@a.test", "--new-key", "k"),
                wrong("check", "config"),
                wrong("--nodes must be 1 to 9", "dev-cluster", "--nodes", "10"),
                wrong("FILE", "run", "--config"));
    }

    private static Arguments wrong(String told, String... arguments) {
        return Arguments.of(List.of(arguments), told);
    }
}
