package io.wavegate.wavelet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The vectors among the test resources, for tests that run a check over a whole file. */
public final class Vectors {
    private Vectors() {}

    /** Reads {@code vectors/NAME.json.gz}. */
    public static VectorFile file(String name) {
        String fileName = name + ".json.gz";
        try (InputStream in = Objects.requireNonNull(
                Vectors.class.getResourceAsStream("/vectors/" + fileName), "no vectors " + fileName)) {
            return VectorFile.read(fileName, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the check over its whole file; every case must pass or differ by a decision. */
    public static FileReport assertAllPass(VectorCheck check) {
        FileReport report = new ConformanceRun(List.of(check)).file(file(check.fileName()));
        assertThat(report.failed()).as(report.render()).isZero();
        assertThat(report.notJudged()).as(report.render()).isZero();
        assertThat(report.total()).isPositive();
        return report;
    }
}
