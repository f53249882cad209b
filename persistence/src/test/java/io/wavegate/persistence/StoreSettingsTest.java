package io.wavegate.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.cassandra.CassandraSchema;
import io.wavegate.persistence.cassandra.CassandraSettings.Credentials;
import io.wavegate.persistence.embedded.EmbeddedSettings.DamagedLog;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.memory.InMemoryJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSettingsTest {
    @Test
    void byDefaultTheStoreIsASyncedFolder() {
        StoreSettings settings = StoreSettings.from(config(""));

        assertThat(settings).isInstanceOfSatisfying(StoreSettings.Embedded.class, embedded -> {
            assertThat(embedded.settings().folder()).hasToString("data");
            assertThat(embedded.settings().sync()).isTrue();
            assertThat(embedded.settings().damagedLog()).isEqualTo(DamagedLog.REFUSE);
        });
    }

    @Test
    void cassandraByDefaultCreatesNothingAndKeepsThreeCopies() {
        StoreSettings settings = StoreSettings.from(config("kind = cassandra, cassandra.local-datacenter = dc7"));

        assertThat(settings).isInstanceOfSatisfying(StoreSettings.Cassandra.class, cassandra -> {
            assertThat(cassandra.settings().createSchema()).isFalse();
            assertThat(cassandra.settings().credentials()).isEmpty();
            assertThat(CassandraSchema.statements(cassandra.settings()))
                    .hasSize(8)
                    .first()
                    .asString()
                    .contains("KEYSPACE IF NOT EXISTS wavegate")
                    .contains("{'class': 'NetworkTopologyStrategy', 'dc7': 3}");
        });
    }

    @Test
    void contactPointsMayBeOneTextWithCommasAsInTheEnvironment() {
        StoreSettings settings =
                StoreSettings.from(config("kind = cassandra, cassandra.contact-points = \"a.example:1, b.example:2\""));

        assertThat(((StoreSettings.Cassandra) settings).settings().contactPoints())
                .extracting(Object::toString)
                .allMatch(point -> point.contains(".example"))
                .hasSize(2);
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(new Credentials("user", "secret")).asString().doesNotContain("secret");
    }

    @Test
    void memoryKeepsNothing() {
        try (Journal journal = Journals.open(StoreSettings.from(config("kind = memory")))) {
            assertThat(journal).isInstanceOf(InMemoryJournal.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind = floppy",
                "embedded.readers = 0",
                "embedded.damaged-log = maybe",
                "embedded.retry-max = 1ms",
                "embedded.write-buffer = 1",
                "kind = cassandra, cassandra.keyspace = \"drop table\"",
                "kind = cassandra, cassandra.contact-points = [nowhere]",
                "kind = cassandra, cassandra.contact-points = []",
                "kind = cassandra, cassandra.max-in-flight = 0",
                "kind = cassandra, cassandra.request-timeout = 0s",
                "kind = cassandra, cassandra.answer-limit = 1s",
                "kind = cassandra, cassandra.attempts = 0",
                "kind = cassandra, cassandra.connections-per-node = 0",
                "kind = cassandra, cassandra.heartbeat = 0s",
                "kind = cassandra, cassandra.reconnect-max = 1ms",
                "kind = cassandra, cassandra.second-read-after = -1s"
            })
    void whatMakesNoSenseIsRefusedWithItsKey(String change) {
        String key = change.replaceAll(".*[., ](\\S+) = .*", "$1").replace("kind = floppy", "kind");

        assertThatThrownBy(() -> StoreSettings.from(config(change)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("must be");
    }

    private static Config config(String changes) {
        return ConfigFactory.parseString(changes)
                .atPath("wavegate.store")
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve();
    }
}
