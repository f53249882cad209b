package io.wavegate.node.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * The client API's listener and bounds; keys in {@code reference.conf} under {@code wavegate.http}.
 *
 * @param host address to listen on
 * @param port TCP port; 0 takes a free one
 * @param maxRequestBytes bound of one request body or one WebSocket message
 * @param maxOperations bound of one delta
 * @param maxPageBytes bound of one page of deltas
 * @param maxWait longest long poll
 * @param requestsPerSocket requests of one socket that may be under way
 * @param followsPerSocket wavelets that one socket may follow
 */
public record HttpSettings(
        String host,
        int port,
        long maxRequestBytes,
        int maxOperations,
        long maxPageBytes,
        Duration maxWait,
        int requestsPerSocket,
        int followsPerSocket) {

    /** Reads and validates. */
    public static HttpSettings from(Config root) {
        Config config = root.getConfig("wavegate.http");
        HttpSettings settings = new HttpSettings(
                config.getString("host"),
                config.getInt("port"),
                config.getMemorySize("max-request-size").toBytes(),
                config.getInt("max-operations"),
                config.getMemorySize("max-page-size").toBytes(),
                config.getDuration("max-wait"),
                config.getInt("requests-per-socket"),
                config.getInt("follows-per-socket"));
        between(config, "port", settings.port, 0, 65_535);
        between(config, "max-request-size", settings.maxRequestBytes, 1 << 10, 64 << 20);
        between(config, "max-operations", settings.maxOperations, 1, 100_000);
        between(config, "max-page-size", settings.maxPageBytes, 1 << 10, 64 << 20);
        between(config, "max-wait", settings.maxWait.toMillis(), 0, 300_000);
        between(config, "requests-per-socket", settings.requestsPerSocket, 1, 1_024);
        between(config, "follows-per-socket", settings.followsPerSocket, 1, 100_000);
        return settings;
    }

    private static void between(Config config, String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigException.BadValue(
                    config.getValue(key).origin(),
                    "wavegate.http." + key,
                    "is " + value + ", must be from " + least + " to " + most);
        }
    }
}
