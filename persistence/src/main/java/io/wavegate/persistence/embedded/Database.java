package io.wavegate.persistence.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An open RocksDB with our column families. All of them share one write-ahead log, so a batch over several is one atomic
 * record. Nothing here may be used after {@link #close()}: the memory is not Java's; {@link DatabaseGate} sees to it.
 */
final class Database implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private static final long LOG_BYTES_PER_WRITE_BUFFER = 4;

    private final Deque<AutoCloseable> natives = new ArrayDeque<>();
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final WriteOptions synced;
    private final WriteOptions unsynced;

    private Database(EmbeddedSettings settings) throws RocksDBException {
        try {
            BlockBasedTableConfig table = new BlockBasedTableConfig()
                    .setBlockCache(keep(new LRUCache(settings.cacheBytes())))
                    .setFilterPolicy(keep(new BloomFilter(10)))
                    .setBlockSize(16 << 10)
                    .setCacheIndexAndFilterBlocks(true)
                    .setFormatVersion(6);
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            for (Family family : Family.values()) {
                descriptors.add(new ColumnFamilyDescriptor(
                        family.storedName(), keep(familyOptions(family, settings.writeBufferBytes(), table))));
            }
            DBOptions options = keep(databaseOptions(settings));
            synced = keep(new WriteOptions().setSync(settings.sync()));
            unsynced = keep(new WriteOptions().setSync(false));
            db = keep(RocksDB.open(options, settings.folder().toString(), descriptors, families));
            families.forEach(this::keep);
        } catch (RocksDBException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Opens or creates. Sets up to what a crash left behind; may take as long as reading {@code write-buffer} bytes a few times. */
    static Database open(EmbeddedSettings settings) throws RocksDBException {
        return new Database(settings);
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle family(Family family) {
        return families.get(family.ordinal());
    }

    /**
     * Writes the batch as one record.
     *
     * @param durable true if it must be durable on return, as far as {@code sync} asks for that
     */
    void write(WriteBatch batch, boolean durable) throws RocksDBException {
        db.write(durable ? synced : unsynced, batch);
    }

    @Override
    public void close() {
        while (!natives.isEmpty()) {
            AutoCloseable last = natives.removeLast();
            try {
                last.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing " + last + " failed", e);
            }
        }
    }

    private static DBOptions databaseOptions(EmbeddedSettings settings) {
        Properties log = new Properties();
        // A log file that was synced and is missing or short now is damage, not a fresh start.
        log.setProperty("track_and_verify_wals_in_manifest", "true");
        return DBOptions.getDBOptionsFromProps(log)
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(
                        settings.damagedLog() == EmbeddedSettings.DamagedLog.REFUSE
                                ? WALRecoveryMode.TolerateCorruptedTailRecords
                                : WALRecoveryMode.PointInTimeRecovery)
                // Families that change seldom would otherwise keep old log files for ever.
                .setMaxTotalWalSize(LOG_BYTES_PER_WRITE_BUFFER * settings.writeBufferBytes())
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(1 << 20)
                // After a failed write the store is reopened by us, under our eyes, not resumed behind our back.
                .setMaxBgErrorResumeCount(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(4)
                .setMaxLogFileSize(1 << 20)
                .setStatsDumpPeriodSec(0);
    }

    private static ColumnFamilyOptions familyOptions(Family family, long writeBuffer, BlockBasedTableConfig table) {
        ColumnFamilyOptions options = new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setWriteBufferSize(writeBuffer)
                .setMaxWriteBufferNumber(3)
                .setLevelCompactionDynamicLevelBytes(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        if (family == Family.SNAPSHOTS) {
            // Large and replaced whole: kept out of the tree, so that merging files does not copy them again and again.
            options.setEnableBlobFiles(true)
                    .setMinBlobSize(4 << 10)
                    .setBlobCompressionType(CompressionType.ZSTD_COMPRESSION)
                    .setEnableBlobGarbageCollection(true);
        }
        return options;
    }

    private <T extends AutoCloseable> T keep(T nativeObject) {
        natives.addLast(nativeObject);
        return nativeObject;
    }

    /** The column families, in the order in which they are opened. Names are stored for ever. */
    enum Family {
        /** RocksDB insists on it; empty. */
        DEFAULT("default"),
        /** {@link Keys#stream} to {@link Values#head}. */
        HEADS("heads"),
        /** {@link Keys#event} to {@link Values#event}. */
        EVENTS("events"),
        /** {@link Keys#stream} to {@link Values#snapshot}. */
        SNAPSHOTS("snapshots"),
        /** {@link Keys#hint} to the hint. */
        HINTS("hints"),
        /** {@link Keys#member} to nothing. */
        SETS("sets");

        private final String storedName;

        Family(String storedName) {
            this.storedName = storedName;
        }

        private byte[] storedName() {
            return Keys.utf8(storedName);
        }
    }
}
