package io.wavegate.load.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bytecode does not show: package documentation, lengths, leftovers. */
class SourcesTest {
    private static final int MAX_LINES = 400;

    /** Started as a process of its own and free of everything of ours, annotations included. */
    private static final String STANDS_ALONE = "cassandra-runtime";

    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|@Dis" + "abled\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sl" + "eep\\(");

    @Test
    void everyPackageIsDescribed() {
        assertThat(packages()).allSatisfy(folder -> assertThat(text(folder.resolve("package-info.java")))
                .contains("/**")
                .contains("\npackage "));
    }

    @Test
    void everyPackageHasNullsMarked() {
        assertThat(packages())
                .filteredOn(folder -> !folder.toString().contains(STANDS_ALONE))
                .allSatisfy(folder ->
                        assertThat(text(folder.resolve("package-info.java"))).contains("\n@NullMarked\n"));
    }

    @Test
    void noFileIsTooLongToRead() {
        assertThat(sources(any -> true)).isNotEmpty().allSatisfy(file -> assertThat(
                        text(file).lines().count())
                .as(file.toString())
                .isLessThanOrEqualTo(MAX_LINES));
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(sources(any -> true))
                .filteredOn(file -> LEFTOVER.matcher(text(file)).find())
                .isEmpty();
    }

    /** A test that sleeps is wrong on a slower machine. One may wait to be killed. */
    @Test
    void testsDoNotSleep() {
        assertThat(sources(file -> file.toString().contains("/src/test/")))
                .filteredOn(file -> SLEEP.matcher(text(file)).find())
                .extracting(file -> file.getFileName().toString())
                .isSubsetOf("KillNineTest.java");
    }

    private static List<Path> packages() {
        return sources(file -> file.toString().contains("/src/main/")).stream()
                .map(Path::getParent)
                .distinct()
                .toList();
    }

    private static List<Path> sources(Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(project())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The nearest folder upwards that has this module in it. */
    private static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("load-tests/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Not readable: " + file, e);
        }
    }
}
