package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
    private static final int OURS = CassandraSchema.VERSION;

    @Test
    void aNewerSchemaIsUsedAsLongAsItSaysThatThisProgramMay() {
        assertThat(SchemaCheck.mismatch(OURS, 1)).isEmpty();
        assertThat(SchemaCheck.mismatch(OURS + 1, OURS)).isEmpty();
        assertThat(SchemaCheck.mismatch(OURS + 5, OURS + 1))
                .hasValueSatisfying(why -> assertThat(why).contains("schema " + (OURS + 5), "Run a newer release"));
    }

    @Test
    void anOlderSchemaNamesWhatToApply() {
        assertThat(SchemaCheck.mismatch(OURS - 1, 1)).hasValueSatisfying(why -> assertThat(why)
                .contains("schema " + (OURS - 1), CassandraSchema.fileName(OURS), "--from " + (OURS - 1)));
    }

    @Test
    void aNodeDoesNotStartOnTablesThatItCannotUse() {
        String keyspace = "keyspace = schema_check";
        open(keyspace).close();
        cassandra(session -> session.execute(
                "INSERT INTO schema_check.schema_versions (shelf, version, oldest_program) VALUES (0, 99, 98)"));

        assertThatThrownBy(() -> open(keyspace + ", create-schema = off"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll("keyspace schema_check", "schema 99", "Run a newer release");
    }

    @Test
    void decidingInADataCenterWithoutCopiesIsRefused() {
        assertThat(SchemaCheck.wrongCopies(
                        CassandraTestSettings.at(CassandraProcess.shared()),
                        Map.of("class", "org.apache.cassandra.locator.NetworkTopologyStrategy", "dc9", "3")))
                .hasValueSatisfying(why -> assertThat(why).contains("datacenter1", "local-datacenter", "dc9"));
    }

    private static Journal open(String changes) {
        return CassandraJournal.open(CassandraTestSettings.at(CassandraProcess.shared(), changes));
    }

    private static void cassandra(Consumer<CqlSession> work) {
        CassandraSettings settings = CassandraTestSettings.at(CassandraProcess.shared());
        try (CqlSession session = CqlSession.builder()
                .withConfigLoader(DriverConfiguration.of(settings))
                .addContactPoints(settings.contactPoints())
                .withLocalDatacenter(settings.localDatacenter())
                .build()) {
            work.accept(session);
        }
    }
}
