package io.wavegate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loss of power: the store lies on a file system in an image file. The image holds what that file system was made to
 * write out, and nothing of what still waits in the kernel's memory; so a copy of it, made while the store is open, is what a
 * disk would hold after the power went.
 */
class PowerLossTest {
    private static final StreamId STREAM = new StreamId("hosted", "example.com/w+1");
    private static final long IMAGE_BYTES = 64 << 20;
    private static final int EVENTS = 40;

    @TempDir
    private Path folder;

    private Path disk;
    private Path afterwards;

    @BeforeEach
    void mountDisk() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        afterwards = Files.createDirectory(folder.resolve("afterwards"));
        try (RandomAccessFile image =
                new RandomAccessFile(folder.resolve("image").toFile(), "rw")) {
            image.setLength(IMAGE_BYTES);
        }
        assumeTrue(
                run("mkfs.ext4", "-q", "-F", folder.resolve("image").toString()) && mount("image", disk),
                "mounting a file system from a file needs root and a loop device");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", afterwards.toString());
        run("umount", disk.toString());
    }

    @Test
    void everythingAcknowledgedIsOnTheDiskWhenThePowerGoes() throws Exception {
        assertThat(keptAfterLossOfPower("sync = on")).isEqualTo(EVENTS);
    }

    /** That the test above can fail. Now and then somebody on the machine has everything written out at that moment. */
    @Test
    void withoutSyncItIsNot() throws Exception {
        for (int attempt = 0; attempt < 5; attempt++) {
            if (keptAfterLossOfPower("sync = off") < EVENTS) {
                return;
            }
            unmount();
            mountAnew();
        }
        fail("nothing was ever lost, so this test cannot see a loss");
    }

    /** How many events are there after the power went, all of them acknowledged before. */
    private long keptAfterLossOfPower(String changes) throws Exception {
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(disk.resolve("data"), changes + ", reserve = 0"))) {
            for (long at = 0; at < EVENTS; at++) {
                assertThat(get(journal.append(new Append(STREAM, at, List.of(event(at)), at + 1, List.of()))))
                        .isEqualTo(new AppendResult.Stored());
            }
            Files.copy(folder.resolve("image"), folder.resolve("copy"));
        }
        assertThat(mount("copy", afterwards)).isTrue();
        Path data = Files.createDirectories(afterwards.resolve("data"));
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(data, "reserve = 0"))) {
            List<StoredEvent> events =
                    get(journal.read(STREAM, 0, Long.MAX_VALUE, Long.MAX_VALUE)).events();
            for (StoredEvent event : events) {
                assertThat(event).isEqualTo(event(event.position()));
            }
            return events.size();
        }
    }

    private void mountAnew() throws Exception {
        Files.delete(folder.resolve("copy"));
        assertThat(run("mkfs.ext4", "-q", "-F", folder.resolve("image").toString()) && mount("image", disk))
                .isTrue();
    }

    private boolean mount(String image, Path where) throws Exception {
        return run("mount", "-o", "loop", folder.resolve(image).toString(), where.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static StoredEvent event(long at) {
        return new StoredEvent(at, "delta-1", ByteString.copyFromUtf8("event " + at + "x".repeat(100)));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
