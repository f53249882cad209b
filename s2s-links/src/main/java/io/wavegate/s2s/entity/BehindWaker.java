package io.wavegate.s2s.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.wavelet.placement.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes every link to a domain that wavelets are behind on: the sets {@code behind/OURS/THEIRS} of the journal. At a
 * bounded rate, since each link dials. A link that is up already says again that its domain can be reached.
 *
 * <p>The oldest node does it when it has started, when nodes have come or gone, since links and wavelets that moved have
 * forgotten what they were at, and from time to time.
 */
final class BehindWaker {
    /** Prefix of the names of the sets. */
    static final String PREFIX = "behind/";

    private static final Logger log = LoggerFactory.getLogger(BehindWaker.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final Journal journal;
    private final LinkRefs links;
    private final LocalNames names;
    private final int perSecond;
    private final Duration settle;
    private final Duration interval;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean changing = new AtomicBoolean();
    private volatile boolean again;
    private volatile boolean isOldest;

    /** @param settings how many a second, and how often */
    BehindWaker(ActorSystem<?> system, Journal journal, LinkRefs links, LocalNames names, LinksSettings settings) {
        this.system = system;
        this.journal = journal;
        this.links = links;
        this.names = names;
        this.perSecond = settings.wakePerSecond();
        this.settle = settings.settle();
        this.interval = settings.lookThrough();
    }

    void start(Placement placement) {
        placement.watchMembers(this::changed);
        laterAgain();
    }

    private void changed(boolean oldest) {
        isOldest = oldest;
        if (oldest && changing.compareAndSet(false, true)) {
            // Others may come or go at the same time, and shards need a moment to find their places.
            schedule(settle, () -> {
                changing.set(false);
                lookThrough();
            });
        }
    }

    private void laterAgain() {
        schedule(interval, () -> {
            if (isOldest) {
                lookThrough();
            }
            laterAgain();
        });
    }

    private void lookThrough() {
        // Before it is known whether somebody is at it, who looks at this last of all: else it could be missed.
        again = true;
        if (running.compareAndSet(false, true)) {
            again = false;
            wakeAfter("");
        }
    }

    private void wakeAfter(String after) {
        journal.sets(PREFIX, after, perSecond).whenComplete((sets, failure) -> {
            if (sets == null) {
                log.warn("Could not read which domains are behind: {}. It is tried again.", failure.getMessage());
                schedule(PAUSE_AFTER_FAILURE, () -> wakeAfter(after));
                return;
            }
            wake(sets);
            if (sets.size() >= perSecond) {
                String last = sets.get(sets.size() - 1);
                schedule(Duration.ofSeconds(1), () -> wakeAfter(last));
            } else {
                running.set(false);
                if (again) {
                    schedule(settle, this::lookThrough);
                }
            }
        });
    }

    private void wake(List<String> sets) {
        for (String set : sets) {
            domains(set)
                    .filter(link -> names.domainOf(link.local()).isPresent())
                    .ifPresent(link -> links.tell(link, new LinkCommand.Wake()));
        }
    }

    private static Optional<DomainPair> domains(String set) {
        int slash = set.indexOf('/', PREFIX.length());
        return slash <= PREFIX.length() || slash == set.length() - 1
                ? Optional.empty()
                : Optional.of(new DomainPair(set.substring(PREFIX.length(), slash), set.substring(slash + 1)));
    }

    private void schedule(Duration delay, Runnable work) {
        if (!system.whenTerminated().isCompleted()) {
            system.scheduler().scheduleOnce(delay, work, system.executionContext());
        }
    }
}
