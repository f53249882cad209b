package io.wavegate.node.wiring;

import io.wavegate.node.http.Health;
import io.wavegate.persistence.journal.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Ready is a member that is up, whose entities can be reached, and whose journal answers. */
final class NodeHealth implements Health {
    /** However many ask, the journal is asked about once in this time. */
    private static final Duration BELIEVED = Duration.ofSeconds(1);

    private static final long JOURNAL_SECONDS = 3;

    private final BooleanSupplier started;
    private final BooleanSupplier pulse;
    private final Supplier<CompletionStage<List<String>>> fitness;
    private final Journal journal;
    private final LongSupplier nanos;
    private Optional<CompletionStage<List<String>>> last = Optional.empty();
    private long lastNanos;

    /**
     * @param fitness what keeps this member of its cluster from serving
     * @param nanos a clock that only goes on, nanoseconds
     */
    NodeHealth(
            BooleanSupplier started,
            BooleanSupplier pulse,
            Supplier<CompletionStage<List<String>>> fitness,
            Journal journal,
            LongSupplier nanos) {
        this.started = started;
        this.pulse = pulse;
        this.fitness = fitness;
        this.journal = journal;
        this.nanos = nanos;
    }

    @Override
    public boolean started() {
        return started.getAsBoolean();
    }

    @Override
    public boolean alive() {
        return pulse.getAsBoolean();
    }

    @Override
    public synchronized CompletionStage<List<String>> problems() {
        long now = nanos.getAsLong();
        if (last.isEmpty() || now - lastNanos > BELIEVED.toNanos()) {
            last = Optional.of(look());
            lastNanos = now;
        }
        return last.get();
    }

    private CompletionStage<List<String>> look() {
        return fitness.get().thenCombine(journalProblem(), (problems, journalProblem) -> {
            List<String> all = new ArrayList<>(problems);
            journalProblem.ifPresent(all::add);
            return all;
        });
    }

    private CompletionStage<Optional<String>> journalProblem() {
        CompletableFuture<Optional<String>> answered = new CompletableFuture<>();
        try {
            journal.members("health", "", 1)
                    .whenComplete((members, failure) ->
                            answered.complete(failure == null ? Optional.empty() : Optional.of(said(failure))));
        } catch (RuntimeException e) {
            answered.complete(Optional.of(said(e)));
        }
        return answered.completeOnTimeout(
                Optional.of("the journal does not answer within " + JOURNAL_SECONDS + " s"),
                JOURNAL_SECONDS,
                TimeUnit.SECONDS);
    }

    private static String said(Throwable failure) {
        return "the journal cannot be read: " + failure;
    }
}
