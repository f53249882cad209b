package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theKeyspaceAndTablesOfTheConfigurationArePrinted() throws Exception {
        OperatorFiles files = OperatorFiles.in(folder);
        String file =
                files.write(files.right() + "wavegate.store.cassandra { keyspace = waves, local-datacenter = dc7 }\n");

        CommandRun run = CommandRun.of("schema", "--config", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("CREATE KEYSPACE IF NOT EXISTS waves WITH replication ="
                        + " {'class': 'NetworkTopologyStrategy', 'dc7': 3};\n")
                .contains("CREATE TABLE IF NOT EXISTS waves.events (", "INSERT INTO waves.schema_versions")
                .doesNotContain("wavegate.");
    }

    @Test
    void fromANewerSchemaThereIsNothingToDoAndFromAnUnknownOneItIsRefused() throws Exception {
        assertThat(CommandRun.of("schema", "--from", "1")).isEqualTo(new CommandRun(0, "", ""));
        assertThat(CommandRun.of("schema", "--from", "0").out()).startsWith("CREATE TABLE");
        assertThat(CommandRun.of("schema", "--from", "7").exitCode()).isEqualTo(1);
    }
}
