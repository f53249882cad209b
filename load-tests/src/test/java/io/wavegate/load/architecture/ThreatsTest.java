package io.wavegate.load.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What docs/threats.md says is tested is tested: each row names a test that is there, or says why it has none. */
class ThreatsTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:#(\\w+))?`");
    private static final Pattern WITHOUT = Pattern.compile("\\b(not here|open): \\S");

    @TestFactory
    Stream<DynamicTest> everyRow() throws IOException {
        Map<String, List<Path>> tests = tests();
        return Files.readAllLines(project().resolve("docs/threats.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--") && !line.contains("| Answer |"))
                .map(row -> DynamicTest.dynamicTest(row.split("\\|", -1)[1].strip(), () -> check(row, tests)));
    }

    private static void check(String row, Map<String, List<Path>> tests) {
        assertThat(row.split("\\|", -1)).as("attack, answer, test").hasSize(5);
        Matcher named = NAMED.matcher(row);
        assertThat(named.find() || WITHOUT.matcher(row).find())
                .as("a test, or why there is none")
                .isTrue();
        for (MatchResult name : NAMED.matcher(row).results().toList()) {
            assertThat(tests).containsKey(name.group(1));
            if (name.group(2) != null) {
                assertThat(tests.get(name.group(1))).as(name.group()).anyMatch(file -> text(file)
                        .contains(" " + name.group(2) + "("));
            }
        }
    }

    private static Map<String, List<Path>> tests() throws IOException {
        try (Stream<Path> files = Files.walk(project())) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.groupingBy(ThreatsTest::name));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".java".length());
    }

    /** The nearest folder upwards that has this module in it. */
    private static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("load-tests/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
