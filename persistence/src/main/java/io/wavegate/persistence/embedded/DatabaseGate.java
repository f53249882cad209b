package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.StoreUnavailableException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Lets many use the database and one exchange it: a database that failed to write is closed and opened anew while the
 * process goes on, and a closed one must not be touched.
 */
final class DatabaseGate implements AutoCloseable {
    /** What is done with an open database. */
    @FunctionalInterface
    interface Use<T> {
        T with(Database database) throws RocksDBException;
    }

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final EmbeddedSettings settings;
    private final Failures failures;
    private @Nullable Database database;
    private StoreUnavailableException absence;

    /** Opens the database, or throws {@link StoreUnavailableException}. */
    DatabaseGate(EmbeddedSettings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
        this.absence = failures.closed();
        try {
            this.database = Database.open(settings);
        } catch (RocksDBException e) {
            throw failures.cannotOpen(e);
        }
    }

    /** Uses the database, or throws {@link StoreUnavailableException} if there is none at the moment. */
    <T> T use(Use<T> use) throws RocksDBException {
        lock.readLock().lock();
        try {
            if (database == null) {
                throw absence;
            }
            return use.with(database);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Closes the database if it is open, and opens it again from what is on the disk. */
    void reopen() throws RocksDBException {
        lock.writeLock().lock();
        try {
            if (database != null) {
                database.close();
                database = null;
            }
            database = Database.open(settings);
        } catch (RocksDBException e) {
            absence = failures.cannotOpen(e);
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (database != null) {
                database.close();
                database = null;
            }
            absence = failures.closed();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
