package io.wavegate.persistence.journal;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The one write path of every entity, and the read side of histories: streams of events, appended on condition and read
 * by range; one snapshot a stream; small hints; durable sets.
 *
 * <p>All methods return at once; stages complete on a thread of the store, and completing them must not block. A stage
 * fails with {@link StoreUnavailableException} and nothing else, and completes within a limit of the store's
 * ({@code answer-limit}). Safe for use by many threads. Appends to one stream are
 * to be made one after the other by its owner.
 */
public interface Journal extends AutoCloseable {
    /** No page holds more events than this, however small they are. */
    int MAX_PAGE_EVENTS = 10_000;

    /**
     * Appends if the head is the expected one.
     *
     * @return stored or fenced, once it is durable
     */
    CompletionStage<AppendResult> append(Append append);

    /** The head of a stream: one above its last position or more; 0 if it has no events. Sees every finished append. */
    CompletionStage<Long> head(StreamId stream);

    /**
     * Reads events with {@code from <= position < until}, in order, until {@code maxBytes} of payload are reached; the
     * event that reaches it is included, so a page over a non-empty range has at least one; it has at most
     * {@link #MAX_PAGE_EVENTS}.
     */
    CompletionStage<EventPage> read(StreamId stream, long from, long until, long maxBytes);

    /** The last event with {@code position < until}, if any. */
    CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until);

    /** Replaces the stream's snapshot. Not part of any promise: a snapshot may be lost, events may not. */
    CompletionStage<Void> saveSnapshot(StreamId stream, StoredSnapshot snapshot);

    /** The newest snapshot. */
    CompletionStage<Optional<StoredSnapshot>> snapshot(StreamId stream);

    /**
     * Keeps a small value beside the stream, last write wins, written lazily: what it says may be stale after a crash,
     * so it may only save work, never decide (for example how far a remote domain has acknowledged).
     */
    CompletionStage<Void> putHint(StreamId stream, String name, ByteString value);

    /** All hints of a stream by name. */
    CompletionStage<Map<String, ByteString>> hints(StreamId stream);

    /** Changes sets on their own, durable when the stage completes. */
    CompletionStage<Void> changeSets(List<SetChange> changes);

    /** Members of a set in order of their UTF-8 bytes, after {@code after} (exclusive; empty text for the first). */
    CompletionStage<List<String>> members(String set, String after, int limit);

    /**
     * Names of the non-empty sets that begin with {@code prefix}, in order of their UTF-8 bytes, after {@code after}
     * (exclusive; empty text for the first).
     */
    CompletionStage<List<String>> sets(String prefix, String after, int limit);

    /**
     * Removes a stream that is no longer needed: events, head, snapshot, hints. Its name must never be used again. Not
     * atomic in every store: after a failure part of it may be left, and the call is to be repeated.
     */
    CompletionStage<Void> forget(StreamId stream);

    /** Lets appends under way finish, then releases the store. Blocks; idempotent. */
    @Override
    void close();
}
