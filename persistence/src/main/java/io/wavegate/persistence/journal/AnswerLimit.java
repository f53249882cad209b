package io.wavegate.persistence.journal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * How long a store's caller waits at most. What is under way goes on after that, unheard: a change that is given up on may
 * still happen.
 */
public final class AnswerLimit {
    private final long millis;

    /** A limit; a thread of its own completes what is late. */
    public AnswerLimit(Duration limit) {
        this.millis = limit.toMillis();
    }

    /**
     * The same outcome, or after the limit a failure.
     *
     * @param failure makes what callers see out of what went wrong, a {@link TimeoutException} if it is late
     */
    public <T> CompletableFuture<T> on(
            CompletionStage<T> underWay, Function<Throwable, StoreUnavailableException> failure) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        CompletableFuture<T> answer = new CompletableFuture<>();
        outcome.whenComplete((value, thrown) -> {
            if (thrown == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure.apply(thrown));
            }
        });
        underWay.whenComplete((value, thrown) -> {
            if (thrown == null) {
                outcome.complete(value);
            } else {
                outcome.completeExceptionally(thrown);
            }
        });
        if (!outcome.isDone()) {
            outcome.orTimeout(millis, TimeUnit.MILLISECONDS);
        }
        return answer;
    }
}
