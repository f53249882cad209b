package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.internal.core.connection.ExponentialReconnectionPolicy;
import com.datastax.oss.driver.internal.core.specex.ConstantSpeculativeExecutionPolicy;
import com.datastax.oss.driver.internal.core.ssl.DefaultSslEngineFactory;
import com.datastax.oss.driver.internal.core.time.ServerSideTimestampGenerator;
import io.wavegate.persistence.cassandra.CassandraSettings.Connections;
import java.time.Duration;

/** Our settings in the driver's words. What a node does must not depend on a driver's file somewhere on its class path. */
final class DriverConfiguration {
    private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(20);
    private static final int FIRST_AND_SECOND = 2;

    private DriverConfiguration() {}

    static DriverConfigLoader of(CassandraSettings settings) {
        ProgrammaticDriverConfigLoaderBuilder config = DriverConfigLoader.programmaticBuilder()
                .withDuration(
                        DefaultDriverOption.REQUEST_TIMEOUT, settings.limits().requestTimeout())
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, SCHEMA_TIMEOUT)
                .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, CassandraSettings.MAX_PER_CONNECTION)
                // In version 5 the time-out of a conditional write ends in a number that this driver leaves unread. It
                // takes that for the next message, gives up the connection, and all that is under way on it fails.
                .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                // The time of a write is the coordinator's: ours may jump.
                .withClass(DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS, ServerSideTimestampGenerator.class)
                // A name may stand for other addresses by the time all known nodes are lost.
                .withBoolean(DefaultDriverOption.RESOLVE_CONTACT_POINTS, false);
        connections(config, settings.connections());
        ending(config);
        if (settings.tls()) {
            config.withClass(DefaultDriverOption.SSL_ENGINE_FACTORY_CLASS, DefaultSslEngineFactory.class)
                    .withBoolean(DefaultDriverOption.SSL_HOSTNAME_VALIDATION, true);
        }
        return config.build();
    }

    private static void connections(ProgrammaticDriverConfigLoaderBuilder config, Connections connections) {
        config.withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, connections.perNode())
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, connections.connectTimeout())
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, connections.connectTimeout())
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, connections.connectTimeout())
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, connections.heartbeat())
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, connections.heartbeat())
                .withClass(DefaultDriverOption.RECONNECTION_POLICY_CLASS, ExponentialReconnectionPolicy.class)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, connections.reconnectMin())
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, connections.reconnectMax());
        if (!connections.secondRead().isZero()) {
            // Only statements that say they may be repeated: reads.
            config.withClass(
                            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
                            ConstantSpeculativeExecutionPolicy.class)
                    .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, FIRST_AND_SECOND)
                    .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, connections.secondRead());
        }
    }

    /** The driver's two seconds are long for a restart; none at all loses its own last notifications. */
    private static void ending(ProgrammaticDriverConfigLoaderBuilder config) {
        config.withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 200)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, 15_000)
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 200)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, 15_000)
                .withBoolean(DefaultDriverOption.NETTY_DAEMON, true);
    }
}
