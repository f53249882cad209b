package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.Scheduler;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/**
 * A question to a link, said again until it is answered: what is sent to an entity while it moves, or to a node that has died, is
 * lost without a word. A link that has the question knows the copy by its {@code replyTo}; one that was started anew asks the peer
 * a second time, which changes nothing there (spec sections 6 and 9: what is submitted or told twice counts once).
 */
final class RepeatedQuestion {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final LinkRefs links;
    private final DomainPair link;
    private final Scheduler scheduler;
    private final ExecutionContext executor;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Cancellable timer;
    private boolean answered;

    RepeatedQuestion(LinkRefs links, DomainPair link, Scheduler scheduler, ExecutionContext executor) {
        this.links = links;
        this.link = link;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    /** It is said for the first time. */
    LinkCommand.Ask first(LinkCommand.Ask ask) {
        later(new LinkCommand.AskAgain(ask));
        return ask;
    }

    private synchronized void later(LinkCommand.AskAgain again) {
        if (answered) {
            return;
        }
        timer = scheduler.scheduleOnce(
                pause,
                () -> {
                    links.tell(link, again);
                    later(again);
                },
                executor);
        Duration more = pause.multipliedBy(3).dividedBy(2);
        pause = more.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : more;
    }

    /** It is not said any more. */
    synchronized void answered() {
        answered = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
