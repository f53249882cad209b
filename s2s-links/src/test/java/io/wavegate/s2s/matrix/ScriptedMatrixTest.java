package io.wavegate.s2s.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole product, against a peer that plays Prosody and ejabberd by script. */
class ScriptedMatrixTest {
    private static final Map<Cell, CompletableFuture<Outcome>> OUTCOMES = new LinkedHashMap<>();
    private static ScriptedBench bench;

    @BeforeAll
    static void play() throws IOException {
        bench = new ScriptedBench(Product.cells());
        Product.cells().forEach(cell -> OUTCOMES.put(cell, bench.play(cell)));
    }

    @AfterAll
    static void close() throws IOException {
        bench.close();
    }

    static Stream<Cell> cells() {
        return Product.cells().stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCellEndsAsTheOracleSays(Cell cell) {
        Outcome expected = Oracle.of(cell);
        Outcome seen = OUTCOMES.get(cell).join();
        assertThat(seen.shown())
                .as("%s: %s; seen: %s", cell, expected.reason(), seen.reason())
                .isEqualTo(expected.shown());
    }
}
