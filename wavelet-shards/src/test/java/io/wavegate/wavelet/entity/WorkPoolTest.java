package io.wavegate.wavelet.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one domain asks for makes no other wait behind all of it: counted in turns, not in time. */
class WorkPoolTest {
    private final List<String> done = new CopyOnWriteArrayList<>();

    private CompletionStage<String> work(WorkPool pool, String owner) {
        return pool.run(owner, () -> {
            done.add(owner);
            return owner;
        });
    }

    @Test
    void aDomainThatFloodsTakesEveryOtherTurnAndNoMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (WorkPool pool = new WorkPool("test", new WaveletSettings.Pool(1, 1_000))) {
            CompletionStage<Boolean> first = pool.run("first", () -> {
                begun.countDown();
                try {
                    return go.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            List<CompletableFuture<String>> flood = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                flood.add(work(pool, "evil").toCompletableFuture());
            }
            assertThat(flood)
                    .filteredOn(CompletableFuture::isCompletedExceptionally)
                    .hasSize(2_500);
            List<CompletableFuture<String>> honest = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                honest.add(work(pool, "good").toCompletableFuture());
            }
            assertThat(honest).noneMatch(CompletableFuture::isCompletedExceptionally);
            go.countDown();
            CompletableFuture.allOf(honest.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
            assertThat(first.toCompletableFuture().get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(List.copyOf(done).subList(0, 40))
                    .as("the first forty turns")
                    .filteredOn("good"::equals)
                    .hasSize(20);
        }
    }

    @Test
    void aFailureIsOfItsOwnerAlone() {
        try (WorkPool pool = new WorkPool("test", new WaveletSettings.Pool(1, 10))) {
            CompletionStage<String> fails = pool.run("evil", () -> {
                throw new IllegalStateException("poison");
            });
            assertThat(work(pool, "good")
                            .toCompletableFuture()
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join())
                    .isEqualTo("good");
            assertThat(fails.toCompletableFuture()).isCompletedExceptionally();
        }
    }

    @Test
    void afterTheEndNothingIsTaken() {
        WorkPool pool = new WorkPool("test", new WaveletSettings.Pool(1, 10));
        pool.close();
        assertThat(work(pool, "late").toCompletableFuture())
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(RejectedExecutionException.class);
    }
}
