package io.wavegate.s2s.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole product, against a peer that plays Prosody and ejabberd by script. */
class ScriptedMatrixTest {
    private static ScriptedBench bench;

    @BeforeAll
    static void play() throws IOException {
        bench = new ScriptedBench(cells());
    }

    @AfterAll
    static void close() throws IOException {
        bench.close();
    }

    static List<Cell> cells() {
        return Product.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCellEndsAsTheOracleSays(Cell cell) {
        Outcome expected = Oracle.of(cell);
        Outcome seen = bench.outcome(cell);
        assertThat(seen.shown())
                .as("%s: %s; seen: %s", cell, expected.reason(), seen.reason())
                .isEqualTo(expected.shown());
    }
}
