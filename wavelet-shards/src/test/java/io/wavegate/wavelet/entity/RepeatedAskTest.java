package io.wavegate.wavelet.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.entity.RepeatedAsk.Pace;
import io.wavegate.wavelet.placement.EntityRefs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often a question that waits for news is said. */
final class RepeatedAskTest {
    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final AtomicInteger said = new AtomicInteger();

    /** Wavelets that never answer. */
    private final class Silent implements EntityRefs<WaveletCommand> {
        @Override
        public <R> CompletionStage<R> ask(
                String entityId, Function<ActorRef<R>, WaveletCommand> message, Duration timeout) {
            try {
                message.apply(kit.<R>createTestProbe().ref());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            said.incrementAndGet();
            return new CompletableFuture<>();
        }

        @Override
        public void tell(String entityId, WaveletCommand message) {
            said.incrementAndGet();
        }
    }

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    private RepeatedAsk<WaveletReply> waiting() {
        RepeatedAsk<WaveletReply> ask = new RepeatedAsk<>(
                kit.system().scheduler(),
                kit.system().executionContext(),
                new Silent(),
                "wavelet",
                WaveletReply.class,
                replyTo -> new WaveletCommand.Stop(),
                Pace.WAITING,
                Duration.ofMinutes(5));
        ask.start();
        return ask;
    }

    private int saidWithin(Duration duration) {
        int before = said.get();
        time.timePasses(duration);
        return said.get() - before;
    }

    @Test
    void whatWaitsLongIsSaidRarely() {
        waiting();
        time.timePasses(Duration.ofSeconds(60));
        assertThat(saidWithin(Duration.ofSeconds(30))).isEqualTo(3);
    }

    @Test
    void whenANodeIsGoneItIsSaidAgainAtOnceAndSoonAfterThat() {
        RepeatedAsk<WaveletReply> ask = waiting();
        time.timePasses(Duration.ofSeconds(60));
        int before = said.get();
        ask.repeatAnew();
        assertThat(said.get() - before).isEqualTo(1);
        assertThat(saidWithin(Duration.ofSeconds(3))).isEqualTo(2);
    }
}
