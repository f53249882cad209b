package io.wavegate.load.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every input kept in {@code src/test/resources/fuzz} is handled as it should be, and a short run of the fuzzer from there
 * finds nothing new. A longer run, in seconds for each target:
 *
 * <pre>mvn -pl load-tests -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dwavegate.fuzz.seconds=3600</pre>
 *
 * What it finds it puts among those inputs, to be fixed and kept. Each run is a process of its own: the fuzzer rewrites the
 * classes it watches. A short run has all targets in one of them.
 */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("wavegate.fuzz.seconds", 2);
    private static final int START_SECONDS = 240;
    private static final boolean SHORT = SECONDS < 60;
    private static final String WATCHED = "io.wavegate.**:com.fasterxml.aalto.**:com.google.protobuf.**";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyInputKept() throws IOException {
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (FuzzTarget target : FuzzTarget.values()) {
            List<Path> files;
            try (Stream<Path> kept = Files.list(target.kept())) {
                files = kept.sorted().toList();
            }
            assertThat(files).as(target.kept().toString()).isNotEmpty();
            for (Path file : files) {
                tests.add(DynamicTest.dynamicTest(
                        target + " " + file.getFileName(), () -> target.tryOn(Files.readAllBytes(file))));
            }
        }
        return tests.build();
    }

    @TestFactory
    Stream<DynamicTest> runOfTheFuzzer() {
        return SHORT
                ? Stream.of(DynamicTest.dynamicTest("all targets", this::shortRunOfAll))
                : Stream.of(FuzzTarget.values())
                        .map(target -> DynamicTest.dynamicTest(target.name(), () -> longRun(target)));
    }

    private void shortRunOfAll() throws Exception {
        Path corpus = Files.createDirectories(folder.resolve("all"));
        Path found = Files.createDirectories(folder.resolve("found"));
        EveryFuzz.gather(corpus);
        try {
            fuzz(EveryFuzz.class, found, corpus, SECONDS * FuzzTarget.values().length);
        } finally {
            try (Stream<Path> inputs = Files.list(found)) {
                for (Path input : inputs.toList()) {
                    EveryFuzz.keep(input);
                }
            }
        }
    }

    private void longRun(FuzzTarget target) throws Exception {
        fuzz(target.entry(), target.kept().toAbsolutePath(), target.kept().toAbsolutePath(), SECONDS);
    }

    /**
     * Runs the fuzzer in a process.
     *
     * @param found where it puts what it finds
     * @param kept what it begins with
     */
    private void fuzz(Class<?> entry, Path found, Path kept, int seconds) throws Exception {
        Path log = folder.resolve(entry.getSimpleName() + ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        SHORT ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + entry.getName(),
                        "--instrumentation_includes=" + WATCHED,
                        // The rest of the classes would only cost time: most of a short run is its start.
                        "--custom_hook_includes=" + WATCHED,
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + found + "/",
                        "-max_total_time=" + seconds,
                        // The first input loads all classes, which takes long where others use the machine too.
                        "-timeout=" + (SHORT ? START_SECONDS : 60),
                        "-rss_limit_mb=4096",
                        Files.createDirectories(folder.resolve(entry.getSimpleName()))
                                .toString(),
                        kept.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(START_SECONDS + seconds, TimeUnit.SECONDS))
                    .as("ended: %s", log)
                    .isTrue();
            assertThat(process.exitValue()).as(() -> read(log)).isZero();
            assertThat(read(log)).contains("Done ");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
