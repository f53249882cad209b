package io.wavegate.persistence.embedded;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.embedded.Database.Family;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Makes one batch out of many requests. An append is judged by the head as it will be after those before it in the same
 * round, so every answer holds only once the whole round is durable, a refusal as well.
 */
final class CommitRound implements AutoCloseable {
    private final Database database;
    private final HeadCache durableHeads;
    private final WriteBatch batch = new WriteBatch();
    private final Map<StreamId, Long> newHeads = new HashMap<>();
    private boolean promising;

    CommitRound(Database database, HeadCache durableHeads) {
        this.database = database;
        this.durableHeads = durableHeads;
    }

    AppendResult add(Append append) throws RocksDBException {
        long head = head(append.stream());
        if (head != append.expectedHead()) {
            return new AppendResult.Fenced(head);
        }
        byte[] name = Keys.stream(append.stream());
        for (StoredEvent event : append.events()) {
            batch.put(database.family(Family.EVENTS), Keys.event(name, event.position()), Values.event(event));
        }
        batch.put(database.family(Family.HEADS), name, Values.head(append.newHead()));
        add(append.setChanges());
        newHeads.put(append.stream(), append.newHead());
        promising = true;
        return new AppendResult.Stored();
    }

    void add(List<SetChange> changes) throws RocksDBException {
        for (SetChange change : changes) {
            byte[] key = Keys.member(change.set(), change.member());
            if (change.present()) {
                batch.put(database.family(Family.SETS), key, new byte[0]);
            } else {
                batch.delete(database.family(Family.SETS), key);
            }
            promising = true;
        }
    }

    void add(StreamId stream, StoredSnapshot snapshot) throws RocksDBException {
        batch.put(database.family(Family.SNAPSHOTS), Keys.stream(stream), Values.snapshot(snapshot));
    }

    void addHints(StreamId stream, Map<String, ByteString> hints) throws RocksDBException {
        byte[] name = Keys.stream(stream);
        for (Map.Entry<String, ByteString> hint : hints.entrySet()) {
            batch.put(
                    database.family(Family.HINTS),
                    Keys.hint(name, hint.getKey()),
                    hint.getValue().toByteArray());
        }
    }

    void forget(StreamId stream) throws RocksDBException {
        byte[] name = Keys.stream(stream);
        byte[] end = Keys.afterStream(stream);
        batch.deleteRange(database.family(Family.EVENTS), name, end);
        batch.deleteRange(database.family(Family.HINTS), name, end);
        batch.delete(database.family(Family.SNAPSHOTS), name);
        batch.delete(database.family(Family.HEADS), name);
        newHeads.put(stream, 0L);
        promising = true;
    }

    WriteBatch batch() {
        return batch;
    }

    /** True if somebody is promised that the batch is durable. */
    boolean isPromising() {
        return promising;
    }

    /** To be called when the batch is durable. */
    void done() {
        newHeads.forEach(durableHeads::put);
    }

    @Override
    public void close() {
        batch.close();
    }

    private long head(StreamId stream) throws RocksDBException {
        Long inThisRound = newHeads.get(stream);
        if (inThisRound != null) {
            return inThisRound;
        }
        Optional<Long> cached = durableHeads.get(stream);
        if (cached.isPresent()) {
            return cached.get();
        }
        long stored = new Queries(database).head(stream);
        durableHeads.put(stream, stored);
        return stored;
    }
}
