package io.wavegate.persistence.embedded;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * How the embedded store runs; keys and defaults are in {@code reference.conf} under {@code wavegate.store.embedded}.
 *
 * @param folder where everything lies; created if missing
 * @param sync true: an append is acknowledged after fdatasync; false: after the operating system has it
 * @param damagedLog what to do about a log damaged elsewhere than at its end
 * @param reserveBytes free space below which nothing is written, so that the disk never fills under a write
 * @param maxQueuedBytes appends that wait for the disk, in bytes of payload; beyond it they are refused
 * @param maxBatchBytes one write, in bytes of payload; one append larger than this is written alone
 * @param readers threads that read
 * @param maxQueuedReads reads that wait for such a thread; beyond it they are refused
 * @param cacheBytes cache of uncompressed blocks
 * @param writeBufferBytes changes kept in memory before they become a file
 * @param answerLimit how long a caller waits at most
 * @param hintDelay how long a hint may wait for a write that happens anyway
 * @param retryMin pause before the first attempt to reopen after a failed write; doubles each time
 * @param retryMax the longest such pause
 */
public record EmbeddedSettings(
        Path folder,
        boolean sync,
        DamagedLog damagedLog,
        long reserveBytes,
        long maxQueuedBytes,
        long maxBatchBytes,
        int readers,
        int maxQueuedReads,
        long cacheBytes,
        long writeBufferBytes,
        Duration answerLimit,
        Duration hintDelay,
        Duration retryMin,
        Duration retryMax) {

    /** What to do about a log that is damaged elsewhere than at its end, where a crash may always leave half a record. */
    public enum DamagedLog {
        /** Do not start, and say so: what follows the damage may have been acknowledged. */
        REFUSE,
        /** Start with what comes before the damage. */
        DROP_REST
    }

    public EmbeddedSettings {
        require(readers > 0, "readers", "at least 1");
        require(maxQueuedReads > 0, "max-queued-reads", "at least 1");
        require(reserveBytes >= 0, "reserve", "not negative");
        require(maxQueuedBytes > 0, "max-queued-bytes", "above 0");
        require(maxBatchBytes > 0, "max-batch-bytes", "above 0");
        require(cacheBytes > 0, "cache", "above 0");
        require(writeBufferBytes >= 1 << 20, "write-buffer", "at least 1 MiB");
        require(!answerLimit.isNegative() && !answerLimit.isZero(), "answer-limit", "above 0");
        require(!hintDelay.isNegative() && !hintDelay.isZero(), "hint-delay", "above 0");
        require(!retryMin.isNegative() && !retryMin.isZero(), "retry-min", "above 0");
        require(retryMax.compareTo(retryMin) >= 0, "retry-max", "retry-min or more");
    }

    /** Reads {@code wavegate.store.embedded}. */
    public static EmbeddedSettings from(Config config) {
        return new EmbeddedSettings(
                Path.of(config.getString("folder")),
                config.getBoolean("sync"),
                damagedLog(config),
                config.getBytes("reserve"),
                config.getBytes("max-queued-bytes"),
                config.getBytes("max-batch-bytes"),
                config.getInt("readers"),
                config.getInt("max-queued-reads"),
                config.getBytes("cache"),
                config.getBytes("write-buffer"),
                config.getDuration("answer-limit"),
                config.getDuration("hint-delay"),
                config.getDuration("retry-min"),
                config.getDuration("retry-max"));
    }

    private static DamagedLog damagedLog(Config config) {
        String word = config.getString("damaged-log");
        for (DamagedLog choice : DamagedLog.values()) {
            if (choice.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                return choice;
            }
        }
        throw new ConfigException.BadValue(
                config.getValue("damaged-log").origin(), "damaged-log", "must be refuse or drop-rest, not " + word);
    }

    private static void require(boolean holds, String key, String rule) {
        if (!holds) {
            throw new ConfigException.BadValue("wavegate.store.embedded." + key, "must be " + rule);
        }
    }
}
