package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Believes to own a stream and appends to it, one event after the other, each with a text of its own. */
final class Owner {
    /** Far beyond any limit of the settings: whoever waits so long hangs. */
    private static final long HUNG_SECONDS = 90;

    private final Journal journal;
    private final StreamId stream;
    private final String name;
    private final SortedMap<Long, String> stored = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private long head;
    private boolean headKnown = true;
    private int made;

    Owner(Journal journal, StreamId stream, String name) {
        this.journal = journal;
        this.stream = stream;
        this.name = name;
    }

    int storedCount() {
        return stored.size();
    }

    int unknownCount() {
        return unknown.size();
    }

    int refusedCount() {
        return refused.size();
    }

    /** Appends, and learns what became of it as far as the store can tell; true if it is stored. */
    boolean appendsOne() {
        if (!headKnown && !learnsHead()) {
            return false;
        }
        String text = name + "-" + made++;
        StoredEvent event = new StoredEvent(head, "delta-1", ByteString.copyFromUtf8(text));
        try {
            AppendResult result = get(journal.append(new Append(stream, head, List.of(event), head + 1, List.of())));
            if (result instanceof AppendResult.Fenced fenced) {
                refused.add(text);
                head = fenced.actualHead();
                return false;
            }
            stored.put(head, text);
            head++;
            return true;
        } catch (StoreUnavailableException e) {
            (e.nothingWritten() ? refused : unknown).add(text);
            headKnown = false;
            return false;
        }
    }

    /** What every owner was told must be what the history says. */
    static void judge(List<StoredEvent> history, List<Owner> owners) {
        List<String> texts =
                history.stream().map(event -> event.payload().toStringUtf8()).toList();
        for (int i = 0; i < history.size(); i++) {
            assertThat(history.get(i).position()).isEqualTo(i);
        }
        assertThat(texts).doesNotHaveDuplicates();
        for (Owner owner : owners) {
            owner.stored.forEach((position, text) -> assertThat(texts)
                    .as("acknowledged to %s", owner.name)
                    .element(position.intValue())
                    .isEqualTo(text));
            assertThat(owner.refused).as("refused to %s", owner.name).noneMatch(texts::contains);
        }
    }

    private boolean learnsHead() {
        try {
            head = get(journal.head(stream));
            headKnown = true;
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(HUNG_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw new AssertionError("a store fails with its own exception only", e);
        } catch (Exception e) {
            throw new AssertionError("the store did not answer", e);
        }
    }
}
