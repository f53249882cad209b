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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real ejabberd, with as many processes as it has set-ups; see {@link RealProduct} for which cells and why. */
class EjabberdMatrixTest {
    @TempDir
    private static Path folder;

    private static RealBench bench;

    @BeforeAll
    static void play() throws IOException {
        Peers.need("ejabberd", "ejabberdctl", "erl");
        bench = new RealBench(folder, cells());
    }

    @AfterAll
    static void close() throws IOException {
        if (bench != null) {
            bench.close();
        }
    }

    static List<Cell> cells() {
        return RealProduct.cells(Software.EJABBERD);
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
