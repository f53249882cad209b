package io.wavegate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed at any moment; whatever it was told is stored must be there. */
class KillNineTest {
    private static final int ROUNDS = 6;

    @TempDir
    private Path folder;

    @Test
    void everyAcknowledgedEventOutlivesKillMinusNine() throws Exception {
        Random random = new Random();
        Map<StreamId, Long> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            appendAndKill(1 + random.nextInt(3_000), acknowledged);
            try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder))) {
                for (Map.Entry<StreamId, Long> known : acknowledged.entrySet()) {
                    assertAllThere(journal, known.getKey(), known.getValue());
                }
            }
        }
        assertThat(acknowledged).isNotEmpty();
    }

    private void assertAllThere(Journal journal, StreamId stream, long atLeast) throws Exception {
        long head = journal.head(stream).toCompletableFuture().get();
        assertThat(head).isGreaterThanOrEqualTo(atLeast);
        List<StoredEvent> events = journal.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                .toCompletableFuture()
                .get()
                .events();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i)).isEqualTo(Appender.event(stream, i));
        }
        assertThat(events).hasSize((int) head);
    }

    /** Lets a process append until it has reported so many appends, kills it, and reads on what it still reported. */
    private void appendAndKill(int reports, Map<StreamId, Long> acknowledged) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] streamAndHead = line.split(" ");
                // A line cut off by the kill has no third word.
                if (streamAndHead.length == 3) {
                    acknowledged.put(new StreamId("load", streamAndHead[0]), Long.parseLong(streamAndHead[1]));
                }
                if (++seen == reports) {
                    // Not through Process, which would close the pipe with the last reports in it.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** The process to be killed: eight streams, each append reported once it is acknowledged. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] args) throws Exception {
            try (Journal journal = EmbeddedJournal.open(TestSettings.in(Path.of(args[0])))) {
                for (int i = 0; i < 8; i++) {
                    StreamId stream = new StreamId("load", "s" + i);
                    appendFrom(
                            journal,
                            stream,
                            journal.head(stream).toCompletableFuture().get());
                }
                // Until it is killed, or the test that started it is gone and its input ends.
                System.in.read();
            }
        }

        private static void appendFrom(Journal journal, StreamId stream, long head) {
            journal.append(new Append(stream, head, List.of(event(stream, head)), head + 1, List.of()))
                    .thenAccept(result -> {
                        if (result instanceof AppendResult.Stored) {
                            System.out.println(stream.key() + " " + (head + 1) + " acknowledged");
                            appendFrom(journal, stream, head + 1);
                        }
                    });
        }

        static StoredEvent event(StreamId stream, long at) {
            return new StoredEvent(
                    at,
                    "delta-1",
                    ByteString.copyFromUtf8((stream.key() + "/" + at + " ").repeat((int) (at % 50) + 1)));
        }
    }
}
