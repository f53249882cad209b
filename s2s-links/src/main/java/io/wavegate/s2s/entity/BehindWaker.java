package io.wavegate.s2s.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes, when a node starts, every link to a domain that wavelets are behind on: the sets
 * {@code behind/OURS/THEIRS} of the journal. At a bounded rate, since each link dials.
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

    BehindWaker(ActorSystem<?> system, Journal journal, LinkRefs links, LocalNames names, int perSecond) {
        this.system = system;
        this.journal = journal;
        this.links = links;
        this.names = names;
        this.perSecond = perSecond;
    }

    void start() {
        wakeAfter("");
    }

    private void wakeAfter(String after) {
        journal.sets(PREFIX, after, perSecond).whenComplete((sets, failure) -> {
            if (sets == null) {
                log.warn("Could not read which domains are behind: {}. It is tried again.", failure.getMessage());
                later(PAUSE_AFTER_FAILURE, after);
                return;
            }
            wake(sets);
            if (sets.size() >= perSecond) {
                later(Duration.ofSeconds(1), sets.get(sets.size() - 1));
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

    private void later(Duration delay, String after) {
        if (!system.whenTerminated().isCompleted()) {
            system.scheduler().scheduleOnce(delay, () -> wakeAfter(after), system.executionContext());
        }
    }
}
