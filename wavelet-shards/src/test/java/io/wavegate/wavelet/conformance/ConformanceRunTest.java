package io.wavegate.wavelet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceRunTest {
    @TempDir
    Path folder;

    @Test
    void countsEachOutcomeAndKeepsTheFirstFailures() throws IOException {
        write("numbers.json", "{\"about\":\"a\",\"meta\":{\"even\":0},\"cases\":[0,1,2,3,4,5,6]}");

        FileReport report = run().folder(folder).files().get(0);

        assertThat(report.passed()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.firstFailures()).extracting(FileReport.Failure::index).containsExactly(1, 5);
        assertThat(report.firstFailures().get(1).detail()).contains("IllegalStateException");
        assertThat(report.differsByDecision()).isEqualTo(Map.of("D-1", 2, "D-2", 1));
        assertThat(report.notJudged()).isEqualTo(1);
        assertThat(report.total()).isEqualTo(7);
    }

    @Test
    void aFileThatNobodyChecksIsNotJudgedAndNotFailed() throws IOException {
        write("others.json", "{\"about\":\"a\",\"cases\":[1,2]}");

        ConformanceReport report = run().folder(folder);

        assertThat(report.files().get(0).notJudged()).isEqualTo(2);
        assertThat(report.isClean()).isTrue();
        assertThat(report.render()).contains("no check for this file");
    }

    @Test
    void anEmptyFolderIsNotClean() throws IOException {
        assertThat(run().folder(folder).isClean()).isFalse();
    }

    @Test
    void aFileWithoutCasesIsNamed() throws IOException {
        write("numbers.json", "{\"about\":\"a\"}");

        assertThatThrownBy(() -> run().folder(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("numbers.json");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static ConformanceRun run() {
        return new ConformanceRun(List.of(new VectorCheck() {
            @Override
            public String fileName() {
                return "numbers";
            }

            @Override
            public CaseResult check(JsonNode meta, JsonNode theCase) {
                return switch (theCase.intValue()) {
                    case 0 -> CaseResult.equal("meta", 0, meta.path("even").intValue());
                    case 1 -> CaseResult.equal("number", 0, 1);
                    case 2, 3 -> new CaseResult.DiffersByDecision("D-1", "");
                    case 4 -> new CaseResult.DiffersByDecision("D-2", "");
                    case 5 -> throw new IllegalStateException("five");
                    default -> new CaseResult.NotJudged("six");
                };
            }
        }));
    }
}
