package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.node.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What README and docs tell an operator to type, to set and to look at is there. */
final class DocumentsTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("(?:\\./|`)wavegate ([a-z][^`#|)\\n]*)");
    private static final Pattern BLOCK = Pattern.compile("```(?:hocon)?\\n(wavegate[ .].*?)```", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("`(wavegate\\.[a-z0-9.-]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)\\)");
    private static final Pattern PATH = Pattern.compile("`([a-z.-]+/[\\w./-]+)`");

    @TempDir
    private Path folder;

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(TOP.resolve("README.md")));
        try (Stream<Path> files = Files.walk(TOP.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandIsTaken(Path document) throws Exception {
        for (String typed : found(COMMAND, document)) {
            assertThat(typed).satisfies(DocumentsTest::isTaken);
        }
    }

    /** Words in capitals stand for something; a command that is only mentioned has none of what it needs. */
    private static void isTaken(String typed) {
        String[] words = typed.strip().replaceAll("\\b[A-Z]+\\b", "1").split("\\s+");
        CommandLine named = WavegateCommand.line();
        int depth = 0;
        while (depth < words.length && named.getSubcommands().containsKey(words[depth])) {
            named = named.getSubcommands().get(words[depth++]);
        }
        assertThat(depth).as("is a command").isPositive();
        if (depth < words.length) {
            WavegateCommand.line().parseArgs(words);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyConfigurationHasKeysThatThereAre(Path document) throws Exception {
        for (String block : found(BLOCK, document)) {
            Path file = Files.writeString(folder.resolve("gateway.conf"), block.replaceAll("\\$\\{\\w+}", "secret"));
            assertThat(Configuration.read(Optional.of(file), Map.of()).findings())
                    .as(block)
                    .isEmpty();
        }
        Config known = ConfigFactory.defaultReference();
        for (String key : found(KEY, document)) {
            assertThat(known.hasPathOrNull(key)).as(key).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFileIsThere(Path document) throws Exception {
        for (String link : found(LINK, document)) {
            assertThat(document.resolveSibling(link)).exists();
        }
        for (String path : found(PATH, document)) {
            // What lies beside the project is not everywhere.
            boolean isOurs =
                    !path.startsWith("..") && Files.exists(TOP.resolve(path).subpath(0, 2));
            boolean isPlace = path.contains("/target/") || path.contains("NNNN");
            if (isOurs && !isPlace) {
                assertThat(TOP.resolve(path)).exists();
            }
        }
    }

    private static List<String> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
