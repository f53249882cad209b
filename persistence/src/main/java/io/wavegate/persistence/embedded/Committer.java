package io.wavegate.persistence.embedded;

import io.wavegate.persistence.embedded.Request.AppendRequest;
import io.wavegate.persistence.embedded.Request.ForgetRequest;
import io.wavegate.persistence.embedded.Request.SetsRequest;
import io.wavegate.persistence.embedded.Request.SnapshotRequest;
import io.wavegate.persistence.journal.StoreUnavailableException;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes whatever waits, writes it as one batch, answers, and takes again: the slower the
 * disk, the larger the batch (group commit over all streams).
 *
 * <p>After a failed write RocksDB refuses further ones, and what the disk holds of the batch is not known. So the
 * database is closed and opened anew from what is on the disk, heads are read again, and until that works every change
 * is refused at once.
 */
final class Committer implements Runnable {
    /** Writes a batch; exchanged in tests for one that fails. */
    @FunctionalInterface
    interface Writer {
        void write(Database database, WriteBatch batch, boolean durable) throws RocksDBException;
    }

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private static final long MIN_ROOM_BYTES = 1 << 20;

    private final EmbeddedSettings settings;
    private final Failures failures;
    private final DatabaseGate gate;
    private final CommitQueue queue;
    private final PendingHints hints;
    private final Writer writer;
    private final HeadCache heads = new HeadCache();
    private final File disk;
    private volatile @Nullable Outage outage;
    private boolean belowReserve;

    /** Since when nothing can be written, and when to try again. */
    private record Outage(StoreUnavailableException why, Duration pause, long retryNanos) {
        static Outage of(StoreUnavailableException why, Duration pause) {
            return new Outage(why, pause, System.nanoTime() + pause.toNanos());
        }

        Duration rest() {
            return Duration.ofNanos(Math.max(0, retryNanos - System.nanoTime()));
        }
    }

    Committer(
            EmbeddedSettings settings,
            Failures failures,
            DatabaseGate gate,
            CommitQueue queue,
            PendingHints hints,
            Writer writer) {
        this.settings = settings;
        this.failures = failures;
        this.gate = gate;
        this.queue = queue;
        this.hints = hints;
        this.writer = writer;
        this.disk = settings.folder().toFile();
    }

    /** Why a change need not even be queued now, if so. */
    Optional<StoreUnavailableException> refusal() {
        return Optional.ofNullable(outage).map(Outage::why);
    }

    @Override
    public void run() {
        while (!queue.isFinished()) {
            List<Request> requests = next();
            Outage current = outage;
            if (current == null) {
                commit(requests);
            } else {
                refuse(requests, current.why());
                if (current.rest().isZero()) {
                    recover(current);
                }
            }
        }
        if (outage == null) {
            commit(List.of());
        }
    }

    private List<Request> next() {
        Outage current = outage;
        try {
            return queue.take(settings.maxBatchBytes(), current == null ? settings.hintDelay() : current.rest());
        } catch (InterruptedException e) {
            // Nobody interrupts this thread to stop it (the queue is closed for that), so there is nothing to obey.
            log.debug("The committing thread was interrupted and goes on", e);
            return List.of();
        }
    }

    private void commit(List<Request> requests) {
        if (requests.isEmpty() && hints.isEmpty()) {
            return;
        }
        Optional<StoreUnavailableException> full = fullDisk();
        if (full.isPresent()) {
            refuse(requests, full.get());
            return;
        }
        List<Runnable> answers = new ArrayList<>(requests.size());
        try {
            gate.use(database -> {
                write(database, requests, answers);
                return true;
            });
        } catch (RocksDBException | RuntimeException | Error e) {
            // Whatever it was, even no memory: a request without an answer would be worse.
            hints.notWritten();
            fail(requests, e);
            return;
        }
        hints.written();
        answers.forEach(Runnable::run);
    }

    private void write(Database database, List<Request> requests, List<Runnable> answers) throws RocksDBException {
        try (CommitRound round = new CommitRound(database, heads)) {
            for (Request request : requests) {
                answers.add(add(round, request));
            }
            for (var hint : hints.take().entrySet()) {
                round.addHints(hint.getKey(), hint.getValue());
            }
            if (round.batch().count() > 0) {
                writer.write(database, round.batch(), round.isPromising());
            }
            round.done();
        }
    }

    /** Returns how to answer once the round is durable. */
    private static Runnable add(CommitRound round, Request request) throws RocksDBException {
        if (request instanceof AppendRequest append) {
            var result = round.add(append.append());
            return () -> append.answer().complete(result);
        }
        if (request instanceof SetsRequest sets) {
            round.add(sets.changes());
            return () -> sets.answer().complete(null);
        }
        if (request instanceof ForgetRequest forget) {
            round.forget(forget.stream());
            return () -> forget.answer().complete(null);
        }
        SnapshotRequest snapshot = (SnapshotRequest) request;
        round.add(snapshot.stream(), snapshot.snapshot());
        return () -> snapshot.answer().complete(null);
    }

    private Optional<StoreUnavailableException> fullDisk() {
        if (settings.reserveBytes() == 0) {
            return Optional.empty();
        }
        long free = disk.getUsableSpace();
        boolean full = free < settings.reserveBytes();
        Optional<StoreUnavailableException> why =
                full ? Optional.of(failures.belowReserve(free, settings.reserveBytes())) : Optional.empty();
        if (full && !belowReserve) {
            log.error(why.get().getMessage());
        } else if (!full && belowReserve) {
            log.info("The store in {} has room again and writes", disk);
        }
        belowReserve = full;
        return why;
    }

    private void fail(List<Request> requests, Throwable cause) {
        StoreUnavailableException unknown = failures.cannotWrite(cause, false);
        log.error(unknown.getMessage(), cause);
        heads.clear();
        outage = Outage.of(failures.cannotWrite(cause, true), settings.retryMin());
        refuse(requests, unknown);
    }

    private static void refuse(List<Request> requests, StoreUnavailableException why) {
        requests.forEach(request -> request.fail(why));
    }

    private void recover(Outage current) {
        long free = disk.getUsableSpace();
        if (free < Math.max(MIN_ROOM_BYTES, settings.reserveBytes())) {
            // Opening writes as well. As long as that cannot work, the old database at least answers reads.
            outage = Outage.of(current.why(), longer(current.pause()));
            return;
        }
        try {
            gate.reopen();
            outage = null;
            log.info("The store in {} is open again and writes", disk);
        } catch (RocksDBException | RuntimeException e) {
            Duration pause = longer(current.pause());
            outage = Outage.of(failures.cannotWrite(e, true), pause);
            log.warn("The store in {} cannot be opened again, next attempt in {}: {}", disk, pause, e.getMessage());
        }
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(settings.retryMax()) > 0 ? settings.retryMax() : doubled;
    }
}
