package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.persistence.cassandra.CqlProxy.Fate;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that break, answers that do not come, writes that arrive late: the caller is told the truth, in time. */
class UnknownOutcomeTest {
    private static final String TWO_CONNECTIONS = "connections-per-node = 2";
    private static final String IMPATIENT = "request-timeout = 700ms, answer-limit = 5s, connections-per-node = 2";

    private final StreamId stream = new StreamId(
            "hosted",
            "example.com/w+" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    private CqlProxy proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = new CqlProxy(CassandraProcess.shared().contactPoint());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
    }

    @Test
    void aConnectionThatBreaksAfterTheWriteTookEffectIsAnsweredStored() throws Exception {
        try (Journal journal = behindProxy(TWO_CONNECTIONS)) {
            fates(Fate.CUT_AFTER);
            assertThat(get(append(journal, 0, "a"))).isEqualTo(new AppendResult.Stored());
            assertThat(proxy.batches()).isEqualTo(1);
            assertThat(history(journal)).containsExactly("a");
        }
    }

    @Test
    void aConnectionThatBreaksBeforeTheWriteWentOutIsMadeGoodByWritingOnce() throws Exception {
        try (Journal journal = behindProxy(TWO_CONNECTIONS)) {
            fates(Fate.CUT_BEFORE);
            assertThat(get(append(journal, 0, "a"))).isEqualTo(new AppendResult.Stored());
            assertThat(proxy.batches()).isEqualTo(2);
            assertThat(history(journal)).containsExactly("a");
        }
    }

    @Test
    void anAnswerThatNeverComesIsFoundOut() throws Exception {
        try (Journal journal = behindProxy(IMPATIENT)) {
            fates(Fate.NO_ANSWER);
            assertStoredOrUnknown(append(journal, 0, "a"));
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> assertThat(history(journal))
                    .containsExactly("a"));
        }
    }

    @Test
    void aWriteThatHangsIsGivenUpOnAndLosesAgainstTheNextOwnerWhenItArrives() throws Exception {
        try (Journal paused = behindProxy(IMPATIENT);
                Journal next = direct()) {
            proxy.onBatch(() -> Fate.HOLD);
            CompletableFuture<AppendResult> hanging = append(paused, 0, "late");
            assertThatThrownBy(() -> get(hanging))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(StoreUnavailableException.class, why -> assertThat(why.nothingWritten())
                            .isFalse());

            assertThat(get(append(next, 0, "b"))).isEqualTo(new AppendResult.Stored());
            proxy.onBatch(() -> Fate.PASS);
            proxy.release();
            assertThat(get(append(next, 1, "c"))).isEqualTo(new AppendResult.Stored());

            assertThat(history(next)).containsExactly("b", "c");
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> assertThat(
                            get(append(paused, 0, "later")))
                    .isEqualTo(new AppendResult.Fenced(2)));
            assertThat(history(next)).containsExactly("b", "c");
        }
    }

    @Test
    void aWriteThatWasGivenUpOnMayStillArriveAndThenItsOwnerFindsItOnce() throws Exception {
        try (Journal journal = behindProxy(IMPATIENT)) {
            proxy.onBatch(() -> Fate.HOLD);
            CompletableFuture<AppendResult> hanging = append(journal, 0, "late");
            assertThatThrownBy(() -> get(hanging)).hasCauseInstanceOf(StoreUnavailableException.class);
            proxy.onBatch(() -> Fate.PASS);
            proxy.release();

            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> assertThat(history(journal))
                    .containsExactly("late"));
            assertThat(get(append(journal, 0, "late"))).isEqualTo(new AppendResult.Fenced(1));
        }
    }

    @Test
    void whatHangsIsCountedAndEverythingBeyondIsRefusedAtOnce() throws Exception {
        try (Journal journal = behindProxy("request-timeout = 60s, answer-limit = 60s, max-in-flight = 4")) {
            proxy.onBatch(() -> Fate.HOLD);
            List<CompletableFuture<AppendResult>> hanging = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                hanging.add(journal.append(append(new StreamId("hosted", stream.key() + i), 0, "x"))
                        .toCompletableFuture());
            }
            assertThatThrownBy(() -> get(journal.head(stream).toCompletableFuture()))
                    .hasMessageContaining("max-in-flight");

            proxy.onBatch(() -> Fate.PASS);
            proxy.release();
            for (CompletableFuture<AppendResult> one : hanging) {
                assertThat(get(one)).isInstanceOf(AppendResult.Stored.class);
            }
            assertThat(get(append(journal, 0, "y"))).isInstanceOf(AppendResult.Stored.class);
        }
    }

    /** Stored, or not known; never anything else. */
    private static void assertStoredOrUnknown(CompletableFuture<AppendResult> append) throws Exception {
        try {
            assertThat(get(append)).isEqualTo(new AppendResult.Stored());
        } catch (ExecutionException e) {
            assertThat(e).cause().isInstanceOfSatisfying(StoreUnavailableException.class, why -> assertThat(
                            why.nothingWritten())
                    .isFalse());
        }
    }

    private void fates(Fate... first) {
        Iterator<Fate> fates = Arrays.asList(first).iterator();
        proxy.onBatch(() -> {
            synchronized (fates) {
                return fates.hasNext() ? fates.next() : Fate.PASS;
            }
        });
    }

    private Journal behindProxy(String changes) {
        return CassandraJournal.open(CassandraTestSettings.at(
                CassandraProcess.shared(), "contact-points = [\"" + proxy.contactPoint() + "\"], " + changes));
    }

    private static Journal direct() {
        return CassandraJournal.open(CassandraTestSettings.at(CassandraProcess.shared()));
    }

    private CompletableFuture<AppendResult> append(Journal journal, long at, String text) {
        return journal.append(append(stream, at, text)).toCompletableFuture();
    }

    private static Append append(StreamId stream, long at, String text) {
        return new Append(
                stream, at, List.of(new StoredEvent(at, "delta-1", ByteString.copyFromUtf8(text))), at + 1, List.of());
    }

    private List<String> history(Journal journal) throws Exception {
        return get(journal.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE).toCompletableFuture()).events().stream()
                .map(event -> event.payload().toStringUtf8())
                .toList();
    }

    private static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }
}
