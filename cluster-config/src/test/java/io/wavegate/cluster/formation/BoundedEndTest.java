package io.wavegate.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** A node that has handed everything over ends, whatever of it does not. */
final class BoundedEndTest {
    @Test
    void whatDoesNotEndIsNotWaitedForForEver() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ActorSystem<Void> system = system(release);
        CompletableFuture<Void> over = BoundedEnd.of(system, Duration.ofMillis(100));
        assertThat(over).isNotDone();

        system.terminate();

        over.get(30, TimeUnit.SECONDS);
        assertThat(system.getWhenTerminated().toCompletableFuture()).isNotDone();
        release.countDown();
        system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void anEndInOrderIsWaitedFor() throws Exception {
        ActorSystem<Void> system = system(new CountDownLatch(0));
        CompletableFuture<Void> over = BoundedEnd.of(system, Duration.ofMinutes(1));

        system.terminate();

        over.get(30, TimeUnit.SECONDS);
        assertThat(system.getWhenTerminated().toCompletableFuture()).isDone();
    }

    /** A guardian that is stopped before it began hears of nothing: the system is given out when its own has begun. */
    private static ActorSystem<Void> system(CountDownLatch release) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.setup(context -> {
                    begun.countDown();
                    return stopsAfter(release);
                }),
                "bounded",
                ConfigFactory.parseString("pekko.actor.provider = local").withFallback(ConfigFactory.load()));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        return system;
    }

    private static Behavior<Void> stopsAfter(CountDownLatch release) {
        return Behaviors.receive(Void.class)
                .onSignal(PostStop.class, stop -> {
                    release.await();
                    return Behaviors.same();
                })
                .build();
    }
}
