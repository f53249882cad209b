package io.wavegate.load.report;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The same rows into the same table without a condition, as a plain journal writes them: two writers both succeed. */
final class PlainBatches implements BatchTarget {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CqlSession session;
    private final String run;
    private final ByteBuffer payload;
    private final PreparedStatement head;
    private final PreparedStatement event;

    /**
     * A target.
     *
     * @param keyspace one that a journal has made
     * @param run goes into the names of the streams, which have to be new
     */
    PlainBatches(List<String> contactPoints, String keyspace, String run, byte[] payload) {
        this.session = CqlSession.builder()
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, LIMIT)
                        .build())
                .addContactPoints(
                        contactPoints.stream().map(PlainBatches::address).toList())
                .withLocalDatacenter("datacenter1")
                .build();
        this.run = run;
        this.payload = ByteBuffer.wrap(payload).asReadOnlyBuffer();
        this.head = session.prepare(
                "UPDATE " + keyspace + ".events SET head = ? WHERE kind = 'plain' AND entity = ? AND segment = ?");
        this.event = session.prepare("INSERT INTO " + keyspace
                + ".events (kind, entity, segment, position, append_id, manifest, payload)"
                + " VALUES ('plain', ?, ?, ?, ?, 'delta-1', ?)");
    }

    @Override
    public CompletionStage<Void> write(int stream, long at, int events) {
        String entity = run + "-" + stream;
        long segment = at / 100_000;
        UUID id = UUID.randomUUID();
        BatchStatementBuilder batch = new BatchStatementBuilder(DefaultBatchType.UNLOGGED)
                .addStatement(head.bind(at + events, entity, segment));
        for (int i = 0; i < events; i++) {
            batch.addStatement(event.bind(entity, segment, at + i, id, payload.duplicate()));
        }
        return session.executeAsync(batch.build()
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                        .setTimeout(LIMIT))
                .thenAccept(written -> {});
    }

    @Override
    public void close() {
        session.close();
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.indexOf(':');
        return new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }
}
