package io.wavegate.load.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every input kept in {@code src/test/resources/fuzz} is handled as it should be, and a short run of the fuzzer from there
 * finds nothing new. A longer run, in seconds for each target:
 *
 * <pre>mvn -pl load-tests -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dwavegate.fuzz.seconds=3600</pre>
 *
 * What it finds it puts among those inputs, to be fixed and kept. Each run is a process of its own: the fuzzer rewrites the
 * classes it watches.
 */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("wavegate.fuzz.seconds", 2);
    private static final int START_SECONDS = 240;
    private static final boolean SHORT = SECONDS < 60;
    private static final String WATCHED = "io.wavegate.**:com.fasterxml.aalto.**:com.google.protobuf.**";
    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");

    /** Takes one input; throws if it is not handled as it should be. */
    private interface Input {
        void tryOn(byte[] input) throws Exception;
    }

    enum Target {
        XML(XmlFuzz.class, XmlFuzz::fuzzerTestOneInput),
        JID(JidFuzz.class, JidFuzz::fuzzerTestOneInput),
        SASL(SaslFuzz.class, SaslFuzz::fuzzerTestOneInput),
        STANZA(StanzaFuzz.class, StanzaFuzz::fuzzerTestOneInput),
        BASE64(Base64Fuzz.class, Base64Fuzz::fuzzerTestOneInput),
        DELTA(DeltaFuzz.class, DeltaFuzz::fuzzerTestOneInput),
        SIGNER(SignerFuzz.class, SignerFuzz::fuzzerTestOneInput);

        private final Class<?> entry;
        private final Input input;

        Target(Class<?> entry, Input input) {
            this.entry = entry;
            this.input = input;
        }

        Path kept() {
            return KEPT.resolve(name().toLowerCase(Locale.ROOT));
        }
    }

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyInputKept() throws IOException {
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (Target target : Target.values()) {
            List<Path> files;
            try (Stream<Path> kept = Files.list(target.kept())) {
                files = kept.sorted().toList();
            }
            assertThat(files).as(target.kept().toString()).isNotEmpty();
            for (Path file : files) {
                tests.add(DynamicTest.dynamicTest(
                        target + " " + file.getFileName(), () -> target.input.tryOn(Files.readAllBytes(file))));
            }
        }
        return tests.build();
    }

    @ParameterizedTest
    @EnumSource
    void runOfTheFuzzer(Target target) throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        SHORT ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.entry.getName(),
                        "--instrumentation_includes=" + WATCHED,
                        // The rest of the classes would only cost time: most of a short run is its start.
                        "--custom_hook_includes=" + WATCHED,
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + target.kept().toAbsolutePath() + "/",
                        "-max_total_time=" + SECONDS,
                        // The first input loads all classes, which takes long where others use the machine too.
                        "-timeout=" + (SHORT ? START_SECONDS : 60),
                        "-rss_limit_mb=4096",
                        Files.createDirectories(folder.resolve("corpus")).toString(),
                        target.kept().toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(START_SECONDS + SECONDS, TimeUnit.SECONDS))
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
