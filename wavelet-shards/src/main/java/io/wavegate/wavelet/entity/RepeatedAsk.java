package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletReply.AskAgain;
import io.wavegate.wavelet.placement.EntityRefs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.japi.function.Function;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/**
 * One question to a wavelet, said again until it is answered or its time is over.
 *
 * <p>Copies carry the same {@code replyTo}, so whoever got the first knows the second for a copy. After {@link AskAgain}
 * nobody holds the question, and it goes out under a new one.
 *
 * @param <R> the answer's type
 */
final class RepeatedAsk<R extends WaveletReply> {
    private final Scheduler scheduler;
    private final ExecutionContext executor;
    private final EntityRefs<WaveletCommand> entities;
    private final String entity;
    private final Class<R> type;
    private final Function<ActorRef<WaveletReply>, WaveletCommand> command;
    private final Pace pace;
    private final Duration timeout;
    private final CompletableFuture<Optional<R>> answer = new CompletableFuture<>();
    private @Nullable WaveletCommand said;
    private @Nullable Cancellable timer;
    private Duration pause;

    /**
     * How soon and how often a question is said again.
     *
     * @param first pause before the second time
     * @param longest the pause grows by half each time up to this
     */
    record Pace(Duration first, Duration longest) {
        /** For what is answered at once as a rule. */
        static final Pace PROMPT = new Pace(Duration.ofMillis(200), Duration.ofSeconds(1));

        /** For what waits for something, such as readers for news: silence is the rule. */
        static final Pace WAITING = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10));

        Duration after(Duration pause) {
            Duration more = pause.multipliedBy(3).dividedBy(2);
            return more.compareTo(longest) > 0 ? longest : more;
        }
    }

    RepeatedAsk(
            Scheduler scheduler,
            ExecutionContext executor,
            EntityRefs<WaveletCommand> entities,
            String entity,
            Class<R> type,
            Function<ActorRef<WaveletReply>, WaveletCommand> command,
            Pace pace,
            Duration timeout) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.entities = entities;
        this.entity = entity;
        this.type = type;
        this.command = command;
        this.pace = pace;
        this.pause = pace.first();
        this.timeout = timeout;
    }

    /** Empty if there was none in time. */
    CompletableFuture<Optional<R>> answer() {
        return answer;
    }

    /** Says it for the first time. */
    void start() {
        Cancellable over = scheduler.scheduleOnce(timeout, () -> end(Optional.empty()), executor);
        answer.whenComplete((done, failure) -> over.cancel());
        begin();
    }

    /** Says it, under a {@code replyTo} of its own. */
    private void begin() {
        later(this::repeat);
        // The stage that an ask gives runs what follows it on the common pool, which on two cores starts a thread for
        // each; a named executor avoids that: in place, on the thread that brought the answer.
        entities.<WaveletReply>ask(entity, this::say, timeout)
                .whenCompleteAsync((reply, failure) -> answered(reply), Runnable::run);
    }

    private synchronized WaveletCommand say(ActorRef<WaveletReply> replyTo) throws Exception {
        WaveletCommand now = command.apply(replyTo);
        said = now;
        return now;
    }

    /** Says it again, unless it is answered. */
    synchronized void repeat() {
        if (said != null && !answer.isDone()) {
            entities.tell(entity, said);
            later(this::repeat);
        }
    }

    /**
     * Says it again, and from here on as often as in the beginning: a node is gone, and where its wavelets are now is not known
     * everywhere at once, so that what is said in the first moment may go to the dead one.
     */
    synchronized void repeatAnew() {
        pause = pace.first();
        repeat();
    }

    private void answered(@Nullable WaveletReply reply) {
        if (reply instanceof AskAgain) {
            synchronized (this) {
                // Whoever said so is about to stop; the next in line is not far.
                said = null;
                pause = Pace.PROMPT.first();
                later(this::begin);
            }
        } else {
            end(type.isInstance(reply) ? Optional.of(type.cast(reply)) : Optional.empty());
        }
    }

    private void end(Optional<R> with) {
        synchronized (this) {
            if (timer != null) {
                timer.cancel();
            }
        }
        answer.complete(with);
    }

    private synchronized void later(Runnable next) {
        if (answer.isDone()) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timer = scheduler.scheduleOnce(pause, next, executor);
        pause = pace.after(pause);
    }
}
