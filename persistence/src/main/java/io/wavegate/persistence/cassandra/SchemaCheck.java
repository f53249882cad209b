package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a keyspace at start: can this program work with it, and does it keep what it is given? */
final class SchemaCheck {
    private static final Logger log = LoggerFactory.getLogger(SchemaCheck.class);
    private static final int COPIES = 3;

    /** The tables are not those that this program needs; the message says what to do. */
    static final class MismatchException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MismatchException(String message) {
            super(message);
        }
    }

    private SchemaCheck() {}

    /** Throws what the driver throws if there are no tables at all, and {@link MismatchException}. */
    static void check(CqlSession session, CassandraSettings settings) {
        Map<String, String> replication = session.getMetadata()
                .getKeyspace(settings.keyspace())
                .map(KeyspaceMetadata::getReplication)
                .orElse(Map.of());
        found(session, settings).or(() -> wrongCopies(settings, replication)).ifPresent(why -> {
            throw new MismatchException(why);
        });
        warnOfFewCopies(settings, replication);
    }

    /** True if there are tables that this program can use. */
    static boolean holds(CqlSession session, CassandraSettings settings) {
        try {
            return found(session, settings).isEmpty();
        } catch (InvalidQueryException e) {
            return false;
        }
    }

    private static Optional<String> found(CqlSession session, CassandraSettings settings) {
        SimpleStatement versions = SimpleStatement.newInstance("SELECT version, oldest_program FROM "
                + settings.keyspace() + ".schema_versions WHERE shelf = 0 ORDER BY version DESC LIMIT 1");
        Row newest = session.execute(versions.setConsistencyLevel(CassandraCluster.quorum(settings)))
                .one();
        return newest == null ? mismatch(0, 0) : mismatch(newest.getInt(0), newest.getInt(1));
    }

    /** What is wrong with tables of that version, if anything is. */
    static Optional<String> mismatch(int version, int oldestProgram) {
        if (version < CassandraSchema.VERSION) {
            return Optional.of("its tables are of schema " + version + ", and this program needs "
                    + CassandraSchema.VERSION + ". Apply "
                    + CassandraSchema.fileName(version + 1)
                    + (version + 1 < CassandraSchema.VERSION
                            ? " to " + CassandraSchema.fileName(CassandraSchema.VERSION)
                            : "")
                    + ", which the command \"wavegate schema --from " + version
                    + "\" prints; nodes of the release before go on with it");
        }
        if (oldestProgram > CassandraSchema.VERSION) {
            return Optional.of("its tables are of schema " + version + ", which no program older than schema "
                    + oldestProgram + " can use, and this one is of schema " + CassandraSchema.VERSION
                    + ". Run a newer release");
        }
        return Optional.empty();
    }

    /** Why nothing could be decided with such replication, if so. */
    static Optional<String> wrongCopies(CassandraSettings settings, Map<String, String> replication) {
        return settings.local() && isByDatacenter(replication) && copies(settings, replication) == null
                ? Optional.of("it keeps no copy in data center " + settings.localDatacenter()
                        + " but decides there (local-quorum). Check local-datacenter, or change the keyspace's replication,"
                        + " which is " + replication)
                : Optional.empty();
    }

    private static void warnOfFewCopies(CassandraSettings settings, Map<String, String> replication) {
        String copies = copies(settings, replication);
        if (copies != null && copies.matches("[0-9]+") && Integer.parseInt(copies) < COPIES) {
            log.warn(
                    "Keyspace {} keeps {} copies of everything. With less than three, the loss of one Cassandra node"
                            + " stops all changes or loses what was acknowledged. For production, ALTER KEYSPACE to three"
                            + " and run nodetool repair --full",
                    settings.keyspace(),
                    copies);
        }
    }

    private static @Nullable String copies(CassandraSettings settings, Map<String, String> replication) {
        return replication.get(isByDatacenter(replication) ? settings.localDatacenter() : "replication_factor");
    }

    private static boolean isByDatacenter(Map<String, String> replication) {
        return replication.getOrDefault("class", "").endsWith("NetworkTopologyStrategy");
    }
}
