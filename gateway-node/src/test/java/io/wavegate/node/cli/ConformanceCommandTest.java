package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
    private static final String NAMES =
            """
            {"about": "names", "cases": [
              {"address": "ada@a.test", "valid": true, "normalized": "ada@a.test", "name": "ada", "domain": "a.test",
               "unchecked_domain": "a.test", "is_normalized_address": true, "is_domain_address": false},
              {"address": "ben@b.test", "valid": true, "normalized": "ben@b.test", "name": "ben", "domain": "b.test",
               "unchecked_domain": "b.test", "is_normalized_address": true, "is_domain_address": false}
            ]}
            """;

    @TempDir
    private Path folder;

    @Test
    void aFolderThatAgreesIsClean() throws Exception {
        Files.writeString(folder.resolve("participants.json"), NAMES);
        CommandRun run = CommandRun.of("conformance", folder.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("participants", "2 cases", "2 passed", "0 failed");
    }

    @Test
    void aTamperedVectorIsNamedWithItsCase() throws Exception {
        Files.writeString(
                folder.resolve("participants.json"), NAMES.replace("\"domain\": \"b.test\"", "\"domain\": \"c.test\""));
        CommandRun run = CommandRun.of("conformance", folder.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("1 failed", "case 1: ", "c.test", "b.test");
    }

    @Test
    void aFolderWithoutVectorsIsNotCalledClean() {
        CommandRun run = CommandRun.of("conformance", folder.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(folder.toString(), "there are none", "Name the folder");
    }

    @Test
    void aMissingFolderIsAnsweredWithWhatToDo() {
        CommandRun run = CommandRun.of("conformance", folder.resolve("none").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("none", "cannot be read", "Name a folder")
                .doesNotContain("\tat ");
    }

    @Test
    void aFileThatIsNoVectorFileIsNamed() throws Exception {
        Files.writeString(folder.resolve("other.json"), "{\"cases\": 3}");
        CommandRun run = CommandRun.of("conformance", folder.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("other.json", "is it a vector file?").doesNotContain("\tat ");
    }
}
