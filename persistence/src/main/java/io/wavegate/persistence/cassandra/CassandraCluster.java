package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with Cassandra that runs each statement at one of three consistencies. Reading at QUORUM sees every
 * conditional write that was answered; only a SERIAL read also sees, and finishes, one that is half done.
 */
final class CassandraCluster implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CassandraCluster.class);
    private static final long CLOSE_SECONDS = 30;

    private final CqlSession session;
    private final ConsistencyLevel quorum;
    private final ConsistencyLevel serial;
    private final String keyspace;

    private CassandraCluster(CqlSession session, CassandraSettings settings) {
        this.session = session;
        this.quorum = quorum(settings);
        this.serial = settings.local() ? ConsistencyLevel.LOCAL_SERIAL : ConsistencyLevel.SERIAL;
        this.keyspace = settings.keyspace();
    }

    static ConsistencyLevel quorum(CassandraSettings settings) {
        return settings.local() ? ConsistencyLevel.LOCAL_QUORUM : ConsistencyLevel.QUORUM;
    }

    /** Connects, and creates the schema if the settings ask for it. Throws what the driver throws. */
    static CassandraCluster connect(CassandraSettings settings) {
        CqlSessionBuilder builder = CqlSession.builder()
                .withConfigLoader(DriverConfiguration.of(settings))
                .addContactPoints(settings.contactPoints())
                .withLocalDatacenter(settings.localDatacenter());
        settings.credentials().ifPresent(who -> builder.withAuthCredentials(who.user(), who.password()));
        CqlSession session = builder.build();
        try {
            if (settings.createSchema() && !SchemaCheck.holds(session, settings)) {
                CassandraSchema.create(session, settings);
            }
            SchemaCheck.check(session, settings);
            return new CassandraCluster(session, settings);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Prepares a statement in which {@code ks.} before a table's name stands for the keyspace. */
    PreparedStatement prepare(String cql) {
        return session.prepare(cql.replace("ks.", keyspace + "."));
    }

    /** Reads what is settled. */
    CompletionStage<AsyncResultSet> read(BoundStatement statement) {
        return session.executeAsync(statement.setConsistencyLevel(quorum).setIdempotent(true));
    }

    /** Settles what is half done in the partition, then reads. */
    CompletionStage<AsyncResultSet> readSettling(BoundStatement statement) {
        return session.executeAsync(statement.setConsistencyLevel(serial).setIdempotent(true));
    }

    /** Writes unconditionally; the last write by the clocks of Cassandra's nodes wins. */
    CompletionStage<AsyncResultSet> write(BoundStatement statement) {
        return session.executeAsync(statement.setConsistencyLevel(quorum).setIdempotent(true));
    }

    /** Writes on condition. The driver never repeats it by itself: whether it happened is found out by whoever asked. */
    <S extends Statement<S>> CompletionStage<AsyncResultSet> writeOnCondition(S statement) {
        return session.executeAsync(statement
                .setConsistencyLevel(quorum)
                .setSerialConsistencyLevel(serial)
                .setIdempotent(false));
    }

    @Override
    public void close() {
        try {
            session.closeAsync().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The connections to Cassandra did not close in order; the end of the process will close them", e);
        }
    }
}
