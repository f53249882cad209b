package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackQuestion;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Verifications under way, bounded: a stranger must not make us dial other domains without end, nor one domain with all our
 * means.
 */
final class Verifications {
    private static final int MOST_PER_SENDER = 8;

    private final int most;
    private final Duration patience;
    private final Function<DialbackQuestion, CompletionStage<DialbackAnswer>> dial;
    private final Map<String, Integer> bySender = new HashMap<>();
    private int total;

    Verifications(int most, Duration patience, Function<DialbackQuestion, CompletionStage<DialbackAnswer>> dial) {
        this.most = most;
        this.patience = patience;
        this.dial = dial;
    }

    /** Asks; the answer comes always, in the end as an error. */
    CompletionStage<DialbackAnswer> ask(DialbackQuestion question) {
        if (!tryAcquire(question.sender())) {
            return CompletableFuture.completedFuture(DialbackAnswer.RESOURCE_CONSTRAINT);
        }
        return dial.apply(question)
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(DialbackAnswer.REMOTE_SERVER_TIMEOUT, patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(Verifications::error)
                .whenComplete((answer, failure) -> release(question.sender()));
    }

    private static DialbackAnswer error(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof StreamEndedException ended)) {
            return DialbackAnswer.REMOTE_SERVER_TIMEOUT;
        }
        StreamEnd.Reason reason = ended.end().reason();
        return switch (reason) {
            case REMOTE_NOT_FOUND, RESOLUTION_FAILED -> DialbackAnswer.REMOTE_SERVER_NOT_FOUND;
            case CONNECT_FAILED -> DialbackAnswer.REMOTE_CONNECTION_FAILED;
            default -> DialbackAnswer.REMOTE_SERVER_TIMEOUT;
        };
    }

    private synchronized boolean tryAcquire(String sender) {
        int count = bySender.getOrDefault(sender, 0);
        if (total >= most || count >= MOST_PER_SENDER) {
            return false;
        }
        total++;
        bySender.put(sender, count + 1);
        return true;
    }

    private synchronized void release(String sender) {
        total--;
        bySender.computeIfPresent(sender, (domain, count) -> count == 1 ? null : count - 1);
    }
}
