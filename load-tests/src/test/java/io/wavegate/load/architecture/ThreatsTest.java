package io.wavegate.load.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Map<String, Path> tests = tests();
        return Files.readAllLines(project().resolve("docs/threats.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--") && !line.contains("| Answer |"))
                .map(row -> DynamicTest.dynamicTest(row.split("\\|", -1)[1].strip(), () -> check(row, tests)));
    }

    private static void check(String row, Map<String, Path> tests) throws IOException {
        assertThat(row.split("\\|", -1)).as("attack, answer, test").hasSize(5);
        Matcher named = NAMED.matcher(row);
        assertThat(named.find() || WITHOUT.matcher(row).find())
                .as("a test, or why there is none")
                .isTrue();
        for (MatchResult name : NAMED.matcher(row).results().toList()) {
            assertThat(tests).containsKey(name.group(1));
            if (name.group(2) != null) {
                assertThat(Files.readString(tests.get(name.group(1)))).contains(" " + name.group(2) + "(");
            }
        }
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(project())) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(ThreatsTest::name, file -> file, (one, other) -> {
                        throw new UncheckedIOException(new IOException("two of one name: " + one + ", " + other));
                    }));
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
