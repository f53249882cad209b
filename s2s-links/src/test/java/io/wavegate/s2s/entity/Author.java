package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Tells the other side one thing after the other, each until it is told that it has arrived. */
final class Author {
    final AtomicInteger done = new AtomicInteger();
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Author(Supplier<RemoteDomains> links, String from, String to, WaveletName wavelet) {
        thread = new Thread(() -> {
            while (stopped.getCount() > 0) {
                WaveletUpdate update = new WaveletUpdate(
                        wavelet, List.of(ByteString.copyFromUtf8("d" + done.get())), Optional.empty());
                try {
                    Answer<Boolean> answer = links.get()
                            .update(from, to, update)
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS);
                    if (answer instanceof Answer.Ok) {
                        done.incrementAndGet();
                    } else {
                        stopped.await(20, TimeUnit.MILLISECONDS);
                    }
                } catch (Exception e) {
                    // It is told again.
                }
            }
        });
        thread.start();
    }

    void await(int more) {
        int until = done.get() + more;
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> done.get() >= until);
    }

    /** What it was told has arrived is there, in its order. */
    void assertArrivedAt(FakeWavelets other) {
        int count = done.get();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(arrived(other, count))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "d" + i).toList()));
    }

    /** The first that came; one that came again counts once. */
    private static List<String> arrived(FakeWavelets wavelets, int count) {
        return wavelets.calls.stream()
                .distinct()
                .filter(call -> call.startsWith("update "))
                .map(call -> call.substring(call.indexOf('[') + 1, call.indexOf(']')))
                .limit(count)
                .toList();
    }

    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }
}
