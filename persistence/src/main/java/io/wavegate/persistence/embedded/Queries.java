package io.wavegate.persistence.embedded;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.embedded.Database.Family;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** The questions to an open database. Each costs the range it asks for, not the length of the stream. */
final class Queries {
    private final Database database;

    Queries(Database database) {
        this.database = database;
    }

    long head(StreamId stream) throws RocksDBException {
        byte[] value = database.db().get(database.family(Family.HEADS), Keys.stream(stream));
        return value == null ? 0 : Values.head(value);
    }

    EventPage read(StreamId stream, long from, long until, long maxBytes) throws RocksDBException {
        List<StoredEvent> events = new ArrayList<>();
        if (from >= until) {
            return new EventPage(events, false);
        }
        byte[] name = Keys.stream(stream);
        try (Slice bound = new Slice(Keys.event(name, until));
                ReadOptions options = new ReadOptions().setIterateUpperBound(bound);
                RocksIterator at = database.db().newIterator(database.family(Family.EVENTS), options)) {
            long bytes = 0;
            for (at.seek(Keys.event(name, Math.max(0, from))); at.isValid(); at.next()) {
                if (!events.isEmpty() && (bytes >= maxBytes || events.size() >= Journal.MAX_PAGE_EVENTS)) {
                    return new EventPage(events, true);
                }
                StoredEvent event = Values.event(Keys.position(at.key()), at.value());
                events.add(event);
                bytes += event.payload().size();
            }
            at.status();
            return new EventPage(events, false);
        }
    }

    Optional<StoredEvent> last(StreamId stream, long until) throws RocksDBException {
        if (until <= 0) {
            return Optional.empty();
        }
        byte[] name = Keys.stream(stream);
        try (RocksIterator at = database.db().newIterator(database.family(Family.EVENTS))) {
            at.seekForPrev(Keys.event(name, until - 1));
            at.status();
            if (!at.isValid() || !Keys.startsWith(at.key(), name)) {
                return Optional.empty();
            }
            return Optional.of(Values.event(Keys.position(at.key()), at.value()));
        }
    }

    Optional<StoredSnapshot> snapshot(StreamId stream) throws RocksDBException {
        return Optional.ofNullable(database.db().get(database.family(Family.SNAPSHOTS), Keys.stream(stream)))
                .map(Values::snapshot);
    }

    Map<String, ByteString> hints(StreamId stream) throws RocksDBException {
        byte[] name = Keys.stream(stream);
        Map<String, ByteString> hints = new HashMap<>();
        try (RocksIterator at = database.db().newIterator(database.family(Family.HINTS))) {
            for (at.seek(name); at.isValid() && Keys.startsWith(at.key(), name); at.next()) {
                hints.put(Keys.tail(at.key(), name.length), ByteString.copyFrom(at.value()));
            }
            at.status();
        }
        return hints;
    }

    List<String> members(String set, String after, int limit) throws RocksDBException {
        byte[] name = Keys.member(set, "");
        List<String> members = new ArrayList<>();
        try (RocksIterator at = database.db().newIterator(database.family(Family.SETS))) {
            at.seek(Keys.member(set, after));
            while (at.isValid() && members.size() < limit && Keys.startsWith(at.key(), name)) {
                String member = Keys.tail(at.key(), name.length);
                if (!member.equals(after)) {
                    members.add(member);
                }
                at.next();
            }
            at.status();
        }
        return members;
    }

    /** Costs a seek per set found, whatever the number of members. */
    List<String> sets(String prefix, String after, int limit) throws RocksDBException {
        byte[] begin = Keys.utf8(prefix);
        List<String> sets = new ArrayList<>();
        try (RocksIterator at = database.db().newIterator(database.family(Family.SETS))) {
            at.seek(begin);
            if (!after.isEmpty() && at.isValid() && Arrays.compareUnsigned(at.key(), Keys.afterSet(after)) < 0) {
                at.seek(Keys.afterSet(after));
            }
            while (at.isValid() && sets.size() < limit && Keys.startsWith(at.key(), begin)) {
                String set = Keys.setOf(at.key());
                sets.add(set);
                at.seek(Keys.afterSet(set));
            }
            at.status();
        }
        return sets;
    }
}
