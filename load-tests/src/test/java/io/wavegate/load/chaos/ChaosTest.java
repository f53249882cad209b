package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wavegate.cassandra.runtime.CassandraRing;
import io.wavegate.load.chaos.lab.LabPlan;
import io.wavegate.load.chaos.run.ChaosRun;
import io.wavegate.load.chaos.run.Scenario;
import io.wavegate.load.chaos.run.Scenarios;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest of what {@code load-tests/chaos} does: real processes, and a judgement that nothing was lost. */
final class ChaosTest {
    /** Four gateways and a Cassandra; none of them takes more memory than a Cassandra does. */
    private static final int PROCESSES = 5;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostWhenANodeOfAClusterIsStoppedForLongAndAllAreRestarted() throws Exception {
        Optional<String> obstacle = CassandraRing.obstacle(PROCESSES);
        assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
        List<Scenario> few = Stream.of("pause-8", "roll-shards")
                .map(key -> Scenarios.named(key).orElseThrow())
                .map(Scenario::withClosesAllowed)
                .toList();
        ChaosRun run = ChaosRun.brief(LabPlan.small(3, 1, 2), folder, 8, Duration.ofSeconds(5));
        assertThat(run.run(few, Duration.ZERO))
                .as("what must be 0 is; the table above tells")
                .isTrue();
    }
}
