package io.wavegate.load.report;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** The journal as it is: each batch on condition that nobody else has written. */
final class FencedBatches implements BatchTarget {
    private final Journal journal;
    private final String run;
    private final ByteString payload;

    /**
     * A target.
     *
     * @param run goes into the names of the streams, which have to be new
     */
    FencedBatches(Journal journal, String run, byte[] payload) {
        this.journal = journal;
        this.run = run;
        this.payload = ByteString.copyFrom(payload);
    }

    @Override
    public CompletionStage<Void> write(int stream, long head, int events) {
        List<StoredEvent> batch = LongStream.range(head, head + events)
                .mapToObj(position -> new StoredEvent(position, "delta-1", payload))
                .toList();
        StreamId id = new StreamId("bench", run + "-" + stream);
        return journal.append(new Append(id, head, batch, head + events, List.of()))
                .thenAccept(result -> {
                    if (!(result instanceof AppendResult.Stored)) {
                        throw new IllegalStateException("an append was not stored: " + result);
                    }
                });
    }

    @Override
    public void close() {
        journal.close();
    }
}
