package io.wavegate.s2s.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.Peers;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.PeerPolicy.Software;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cells of one software, with as many processes of it as it has set-ups; see {@link RealProduct} for which and why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealMatrix {
    private final Software software;
    private final String name;
    private final String[] programs;
    private RealBench bench;

    /** @param programs without which the test is skipped */
    RealMatrix(Software software, String name, String... programs) {
        this.software = software;
        this.name = name;
        this.programs = programs.clone();
    }

    @BeforeAll
    void play(@TempDir Path folder) throws IOException {
        Peers.need(name, programs);
        bench = new RealBench(folder, cells());
    }

    @AfterAll
    void close() throws IOException {
        if (bench != null) {
            bench.close();
        }
    }

    List<Cell> cells() {
        return RealProduct.cells(software);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCellEndsAsTheOracleSays(Cell cell) {
        Outcome expected = Oracle.of(cell);
        Outcome seen = bench.outcome(cell);
        String why = cell + ": " + expected.reason() + "; seen: " + seen.reason();
        assertThat(seen.way()).as(why).isEqualTo(expected.way());
        if (cell.direction() == Direction.OUT || expected.visible().startsWith("db:result")) {
            assertThat(seen.visible()).as(why).isEqualTo(expected.visible());
        }
    }
}
