package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Histories of more than a hundred thousand events, across the border of a partition: what is read is what was asked for,
 * as counted in bytes between the driver and Cassandra.
 */
class LongHistoryTest {
    private static final long EVENTS = 120_000;
    private static final long BORDER = CassandraJournal.SEGMENT_SIZE;
    private static final int AT_ONCE = 1_500;
    private static final ByteString PAYLOAD = ByteString.copyFrom(new byte[100]);
    private static final long WHOLE = EVENTS * PAYLOAD.size();
    private static final StreamId STREAM = new StreamId("hosted", "example.com/w+long");
    private static final StreamId LARGE = new StreamId("hosted", "example.com/w+large");

    private CqlProxy proxy;
    private Journal journal;

    @BeforeAll
    static void write() {
        try (Journal journal = CassandraJournal.open(CassandraTestSettings.at(CassandraProcess.shared()))) {
            for (long at = 0; at < EVENTS; at += AT_ONCE) {
                List<StoredEvent> events = LongStream.range(at, at + AT_ONCE)
                        .mapToObj(i -> new StoredEvent(i, "delta-1", PAYLOAD))
                        .toList();
                assertThat(get(journal.append(new Append(STREAM, at, events, at + AT_ONCE, List.of()))))
                        .isEqualTo(new AppendResult.Stored());
            }
            get(journal.saveSnapshot(STREAM, new StoredSnapshot(EVENTS - 700, "wavelet-1", PAYLOAD)));
        }
    }

    @BeforeEach
    void openAfresh() throws Exception {
        proxy = new CqlProxy(CassandraProcess.shared().contactPoint());
        journal = CassandraJournal.open(CassandraTestSettings.at(
                CassandraProcess.shared(), "contact-points = [\"" + proxy.contactPoint() + "\"]"));
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
        proxy.close();
    }

    @Test
    void recoveryReadsTheSnapshotAndWhatStandsAfterIt() {
        long before = proxy.answeredBytes();

        StoredSnapshot snapshot = get(journal.snapshot(STREAM)).orElseThrow();
        EventPage tail = get(journal.read(STREAM, snapshot.position(), Long.MAX_VALUE, Long.MAX_VALUE));

        assertThat(tail.more()).isFalse();
        assertThat(tail.events()).hasSize(700);
        assertThat(proxy.answeredBytes() - before).isLessThan(WHOLE / 50);
    }

    @Test
    void aRangeAcrossTheBorderOfPartitionsIsReadWithoutTheRest() {
        long before = proxy.answeredBytes();

        EventPage page = get(journal.read(STREAM, BORDER - 40, BORDER + 40, Long.MAX_VALUE));

        assertThat(page.events())
                .extracting(StoredEvent::position)
                .containsExactlyElementsOf(
                        LongStream.range(BORDER - 40, BORDER + 40).boxed().toList());
        assertThat(get(journal.last(STREAM, BORDER)).orElseThrow().position()).isEqualTo(BORDER - 1);
        assertThat(proxy.answeredBytes() - before).isLessThan(WHOLE / 200);
    }

    @Test
    void theWholeIsReadInPagesNoneOfWhichLoadsMuchMoreThanItsBound() {
        long bound = 200_000;
        long from = 0;
        EventPage page;
        do {
            long before = proxy.answeredBytes();
            page = get(journal.read(STREAM, from, Long.MAX_VALUE, bound));
            assertThat(proxy.answeredBytes() - before).isLessThan(3 * bound);
            assertThat(page.events().get(0).position()).isEqualTo(from);
            from += page.events().size();
        } while (page.more());

        assertThat(from).isEqualTo(EVENTS);
    }

    @Test
    void fewLargeEventsDoNotComeByTheThousand() {
        ByteString large = ByteString.copyFrom(new byte[100_000]);
        for (long at = 0; at < 60; at += 20) {
            List<StoredEvent> events = LongStream.range(at, at + 20)
                    .mapToObj(i -> new StoredEvent(i, "delta-1", large))
                    .toList();
            get(journal.append(new Append(LARGE, at, events, at + 20, List.of())));
        }
        long before = proxy.answeredBytes();

        EventPage page = get(journal.read(LARGE, 0, Long.MAX_VALUE, 1 << 20));

        assertThat(page.events()).hasSize(11);
        assertThat(page.more()).isTrue();
        assertThat(proxy.answeredBytes() - before).isLessThan(20L * large.size());
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
