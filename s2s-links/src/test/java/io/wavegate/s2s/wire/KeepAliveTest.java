package io.wavegate.s2s.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A connection that is over leaves nothing behind that waits for the time of its next sign of life. */
class KeepAliveTest {
    private final List<CompletableFuture<Void>> scheduled = new ArrayList<>();
    private final KeepAlive keepAlive = new KeepAlive(
            new ConnectionLoop() {
                @Override
                public long nanos() {
                    return 0;
                }

                @Override
                public void execute(Runnable task) {
                    task.run();
                }

                @Override
                public Future<?> schedule(Runnable task, long nanos) {
                    scheduled.add(new CompletableFuture<>());
                    return scheduled.get(scheduled.size() - 1);
                }
            },
            Duration.ofMinutes(5),
            () -> {});

    @Test
    void nothingWaitsForAConnectionThatIsOver() {
        keepAlive.start();
        assertThat(scheduled).hasSize(1).noneMatch(CompletableFuture::isCancelled);
        keepAlive.stop();
        assertThat(scheduled).hasSize(1).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void shorterWaitTakesThePlaceOfTheLonger() {
        keepAlive.start();
        keepAlive.peerIdle(Duration.ofMinutes(4));
        assertThat(scheduled).hasSize(2);
        assertThat(scheduled.get(0)).isCancelled();
        assertThat(scheduled.get(1)).isNotDone();
        keepAlive.stop();
        assertThat(scheduled.get(1)).isCancelled();
    }
}
