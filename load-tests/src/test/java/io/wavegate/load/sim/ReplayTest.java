package io.wavegate.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A seed decides everything: the same run again, here after other runs, and in another JVM. */
class ReplayTest {
    private static final Pattern DIGEST = Pattern.compile("seed (\\d+): .* digest ([0-9a-f]{16})");

    /** One of each weather, some with a hostile domain. */
    private static final List<Long> SEEDS = List.of(1L, 2L, 6L, 10L, 72L);

    @BeforeAll
    static void quiet() {
        Simulation.quiet();
    }

    @Test
    void aSeedReplaysExactlyAfterOtherRunsAndInAnotherJvm() throws Exception {
        List<Process> others = new ArrayList<>();
        for (long seed : SEEDS) {
            others.add(another(seed));
        }
        List<SimResult> first = new ArrayList<>();
        try (Simulation simulation = new Simulation()) {
            SEEDS.forEach(seed -> first.add(simulation.run(seed)));
            for (SimResult once : first) {
                SimResult twice = simulation.run(once.seed());
                assertThat(twice).as("seed %d again", once.seed()).isEqualTo(once);
            }
        }
        for (int i = 0; i < first.size(); i++) {
            assertThat(digest(others.get(i)))
                    .as("seed %d in another JVM", SEEDS.get(i))
                    .isEqualTo(String.format("%016x", first.get(i).digest()));
        }
    }

    private static Process another(long seed) throws Exception {
        String java = new File(System.getProperty("java.home"), "bin/java").getPath();
        return new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulateCommand.class.getName(),
                        "--seed",
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
    }

    private static String digest(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        Matcher found = DIGEST.matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return found.group(2);
    }
}
