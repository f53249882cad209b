package io.wavegate.s2s.netty;

import io.wavegate.s2s.limit.EdgeLimits;
import io.wavegate.s2s.limit.Excess;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackQuestion;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.wire.Verifier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Verifications under way, bounded: a stranger must not make us dial other domains without end, nor one domain with all our
 * means.
 */
final class Verifications implements Verifier {
    private final EdgeLimits limits;
    private final LimitLog log;
    private final Duration patience;
    private final Function<DialbackQuestion, CompletionStage<DialbackAnswer>> dial;

    Verifications(
            EdgeLimits limits,
            LimitLog log,
            Duration patience,
            Function<DialbackQuestion, CompletionStage<DialbackAnswer>> dial) {
        this.limits = limits;
        this.log = log;
        this.patience = patience;
        this.dial = dial;
    }

    /** Asks; the answer comes always, in the end as an error. */
    @Override
    public CompletionStage<DialbackAnswer> ask(DialbackQuestion question, String network) {
        Optional<Excess> excess = limits.verify(network, question.sender());
        if (excess.isPresent()) {
            log.refused("to verify " + question.sender() + " by dialback", excess.get(), System.nanoTime());
            return CompletableFuture.completedFuture(DialbackAnswer.RESOURCE_CONSTRAINT);
        }
        return dial.apply(question)
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(DialbackAnswer.REMOTE_SERVER_TIMEOUT, patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(Verifications::error)
                .whenComplete((answer, failure) -> limits.verified(network, question.sender()));
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
}
