package io.wavegate.s2s.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MatrixDocumentTest {
    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/decisions.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/matrix.md");
    }

    @Test
    void theCommittedTableIsTheOracles() throws IOException {
        if (Boolean.getBoolean("wavegate.matrix.write")) {
            Files.writeString(document(), MatrixDocument.text());
        }
        assertThat(Files.readString(document()))
                .as("docs/matrix.md, which is written by: " + MatrixDocument.COMMAND)
                .isEqualTo(MatrixDocument.text());
    }
}
