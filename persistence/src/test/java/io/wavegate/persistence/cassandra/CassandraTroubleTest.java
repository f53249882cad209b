package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What can go wrong with a Cassandra, and what the operator is told. */
class CassandraTroubleTest {
    private final StreamId stream = new StreamId(
            "hosted",
            "example.com/w+" + Long.toHexString(ThreadLocalRandom.current().nextLong()));

    @Test
    void anOwnerThatIsBehindIsFencedByTheOther() throws Exception {
        try (Journal a = open("");
                Journal b = open("")) {
            assertThat(append(a, 0).get()).isEqualTo(new AppendResult.Stored());
            assertThat(append(b, 1).get()).isEqualTo(new AppendResult.Stored());
            assertThat(append(b, 2).get()).isEqualTo(new AppendResult.Stored());

            assertThat(append(a, 1).get()).isEqualTo(new AppendResult.Fenced(3));
            assertThat(a.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                            .toCompletableFuture()
                            .get()
                            .events())
                    .hasSize(3);
        }
    }

    @Test
    void aPausedCassandraLeavesNoAppendInDoubtForEver() throws Exception {
        CassandraProcess cassandra = CassandraProcess.shared();
        try (Journal journal = open("request-timeout = 500ms")) {
            assertThat(append(journal, 0).get()).isEqualTo(new AppendResult.Stored());
            cassandra.pause(true);
            CompletableFuture<AppendResult> doubtful = append(journal, 1);
            try {
                assertThatThrownBy(() -> doubtful.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("cannot write")
                        .hasMessageContaining("quorum");
            } finally {
                cassandra.pause(false);
            }
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(append(journal, 1).get())
                            .isIn(new AppendResult.Stored(), new AppendResult.Fenced(2)));
            assertThat(journal.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                            .toCompletableFuture()
                            .get()
                            .events())
                    .extracting(StoredEvent::position)
                    .containsExactly(0L, 1L);
        } finally {
            cassandra.pause(false);
        }
    }

    @Test
    void missingTablesAreAnsweredWithHowToCreateThem() {
        assertThatThrownBy(() -> open("keyspace = nothing_there, create-schema = off"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("keyspace nothing_there")
                .hasMessageContaining("wavegate schema")
                .hasMessageContaining("create-schema = on");
    }

    @Test
    void anUnreachableCassandraIsNamed() {
        assertThatThrownBy(() -> open("contact-points = [\"127.0.0.1:1\"]"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("contact-points");
    }

    @Test
    void tooManyRequestsAtOnceAreRefusedWithNothingWritten() throws Exception {
        try (Journal journal = open("max-in-flight = 1")) {
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(journal.head(stream).toCompletableFuture());
            }
            CompletableFuture<Long> refused = answers.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .findFirst()
                    .orElseThrow();

            assertThatThrownBy(refused::get)
                    .cause()
                    .isInstanceOfSatisfying(StoreUnavailableException.class, why -> assertThat(why.nothingWritten())
                            .isTrue())
                    .hasMessageContaining("max-in-flight");
        }
    }

    @Test
    void anAppendLargerThanCassandraTakesIsRefusedAndTheStreamGoesOn() throws Exception {
        try (Journal journal = open("")) {
            StoredEvent huge = new StoredEvent(0, "delta-1", ByteString.copyFrom(new byte[24 << 20]));
            CompletableFuture<AppendResult> append = journal.append(new Append(stream, 0, List.of(huge), 1, List.of()))
                    .toCompletableFuture();

            assertThatThrownBy(() -> append.get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(append(journal, 0).get()).isEqualTo(new AppendResult.Stored()));
        }
    }

    private static Journal open(String changes) {
        return CassandraJournal.open(CassandraTestSettings.at(CassandraProcess.shared(), changes));
    }

    private CompletableFuture<AppendResult> append(Journal journal, long at) {
        StoredEvent event = new StoredEvent(at, "delta-1", ByteString.copyFromUtf8("event " + at));
        return journal.append(new Append(stream, at, List.of(event), at + 1, List.of()))
                .toCompletableFuture();
    }
}
