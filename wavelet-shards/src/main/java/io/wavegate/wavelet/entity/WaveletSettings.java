package io.wavegate.wavelet.entity;

import com.typesafe.config.Config;
import io.wavegate.wavelet.authority.AuthorityLimits;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.delivery.DeliveryLimits;
import java.time.Duration;

/**
 * The settings under {@code wavegate.wavelets}; {@code reference.conf} says what each means.
 *
 * @param shards number of shards
 * @param askTimeout how long an entity may take to answer before the request is repeated
 * @param signing size of the pool that signs
 * @param verifying size of the pool that verifies
 */
public record WaveletSettings(
        int shards,
        Duration askTimeout,
        Pool signing,
        Pool verifying,
        AuthorityLimits authority,
        Batch batch,
        Tail tail,
        Reading reading,
        Lifecycle lifecycle,
        DeliveryLimits delivery,
        Duration settleAfter,
        Replica replica,
        int signerCache) {

    /** A pool of threads: how many, and how much may wait for them. */
    public record Pool(int threads, int queue) {
        static Pool of(Config config) {
            int threads = config.getInt("threads");
            int cores = Runtime.getRuntime().availableProcessors();
            return new Pool(threads == 0 ? cores : threads, positive(config, "queue"));
        }
    }

    /** What may wait for the write under way, and how much one write takes. */
    public record Batch(int maxPending, long maxPendingBytes, int maxDeltas, long maxBytes, int lateAtOnce) {}

    /** Recent history kept in memory. */
    public record Tail(int maxDeltas, long maxBytes) {}

    /** Bounds of reading. */
    public record Reading(int maxWaiting, Duration maxWait, long pageBytes, Duration ownerCheck) {}

    /** Loading, snapshots, idleness. */
    public record Lifecycle(
            int stash,
            Duration reloadMin,
            Duration reloadMax,
            int snapshotDeltas,
            long snapshotBytes,
            Duration idle,
            Duration stopTimeout) {}

    /** Bounds of replicas. */
    public record Replica(
            int maxPending,
            long maxPendingBytes,
            long historyBytes,
            int newPerMinute,
            Duration retryMin,
            Duration retryMax,
            Duration replacePause,
            int replacementsAtOnce,
            int keptGenerations) {}

    /**
     * Reads {@code wavegate.wavelets} out of a whole configuration.
     *
     * @throws com.typesafe.config.ConfigException naming the key that is missing, of the wrong type or out of bounds
     */
    public static WaveletSettings from(Config whole) {
        Config c = whole.getConfig("wavegate.wavelets");
        return new WaveletSettings(
                positive(c, "shards"),
                c.getDuration("ask-timeout"),
                Pool.of(c.getConfig("signing")),
                Pool.of(c.getConfig("verifying")),
                authority(c.getConfig("delta")),
                batch(c.getConfig("batch")),
                new Tail(positive(c, "tail.max-deltas"), c.getBytes("tail.max-bytes")),
                new Reading(
                        positive(c, "reading.max-waiting"),
                        c.getDuration("reading.max-wait"),
                        c.getBytes("reading.page-bytes"),
                        c.getDuration("reading.owner-check")),
                lifecycle(c.getConfig("lifecycle")),
                delivery(c.getConfig("delivery")),
                c.getDuration("delivery.settle-after"),
                replica(c.getConfig("replica")),
                positive(c, "signer-cache"));
    }

    private static AuthorityLimits authority(Config c) {
        CodecLimits delta = new CodecLimits(
                Math.toIntExact(c.getBytes("max-bytes")), positive(c, "max-operations"), positive(c, "max-components"));
        return new AuthorityLimits(
                delta,
                positive(c, "max-late-deltas"),
                positive(c, "max-late-operations"),
                c.getLong("max-transform-work"));
    }

    private static Batch batch(Config c) {
        return new Batch(
                positive(c, "max-pending"),
                c.getBytes("max-pending-bytes"),
                positive(c, "max-deltas"),
                c.getBytes("max-bytes"),
                positive(c, "late-at-once"));
    }

    private static Lifecycle lifecycle(Config c) {
        return new Lifecycle(
                positive(c, "stash"),
                c.getDuration("reload-min"),
                c.getDuration("reload-max"),
                positive(c, "snapshot-deltas"),
                c.getBytes("snapshot-bytes"),
                c.getDuration("idle"),
                c.getDuration("stop-timeout"));
    }

    private static DeliveryLimits delivery(Config c) {
        return new DeliveryLimits(
                c.getBytes("update-bytes"),
                c.getBytes("window-bytes"),
                positive(c, "window-updates"),
                c.getDuration("retry-min").toMillis(),
                c.getDuration("retry-max").toMillis(),
                positive(c, "retries"));
    }

    private static Replica replica(Config c) {
        return new Replica(
                positive(c, "max-pending"),
                c.getBytes("max-pending-bytes"),
                c.getBytes("history-bytes"),
                positive(c, "new-per-minute"),
                c.getDuration("retry-min"),
                c.getDuration("retry-max"),
                c.getDuration("replace-pause"),
                positive(c, "replacements-at-once"),
                notNegative(c, "kept-generations"));
    }

    private static int notNegative(Config c, String key) {
        int value = c.getInt(key);
        if (value < 0) {
            throw new com.typesafe.config.ConfigException.BadValue(
                    c.getValue(key).origin(), key, "must not be negative, is " + value);
        }
        return value;
    }

    private static int positive(Config c, String key) {
        int value = c.getInt(key);
        if (value < 1) {
            throw new com.typesafe.config.ConfigException.BadValue(
                    c.getValue(key).origin(), key, "must be at least 1, is " + value);
        }
        return value;
    }
}
