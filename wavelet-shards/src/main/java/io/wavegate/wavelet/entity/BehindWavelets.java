package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.wavelet.entity.WaveletCommand.DomainReachable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the wavelets that a remote domain is behind on, or that are behind it, page by page with a pause between: a
 * domain that comes back does not start everything at once.
 */
final class BehindWavelets {
    private static final Logger LOG = LoggerFactory.getLogger(BehindWavelets.class);
    private static final int PAGE = 100;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ActorSystem<?> system;
    private final Journal journal;
    private final EntityAsk entities;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    BehindWavelets(ActorSystem<?> system, Journal journal, EntityAsk entities) {
        this.system = system;
        this.journal = journal;
        this.entities = entities;
    }

    void wake(String localDomain, String remoteDomain) {
        String set = SetNames.behind(localDomain, remoteDomain);
        if (running.add(set)) {
            page(set, remoteDomain, "");
        }
    }

    /** After a start: everybody who was behind when the node went down. */
    void wakeAll() {
        sets("");
    }

    private void sets(String after) {
        journal.sets(SetNames.BEHIND, after, PAGE).whenComplete((sets, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "Which wavelets are behind cannot be read now; next try in 10 s. Cause: {}",
                        failure.toString());
                later(Duration.ofSeconds(10), () -> sets(after));
                return;
            }
            for (String set : sets) {
                String[] domains = set.substring(SetNames.BEHIND.length()).split("/", 2);
                if (domains.length == 2) {
                    wake(domains[0], domains[1]);
                }
            }
            if (sets.size() == PAGE) {
                sets(sets.get(PAGE - 1));
            }
        });
    }

    private void page(String set, String remoteDomain, String after) {
        journal.members(set, after, PAGE).whenComplete((uris, failure) -> {
            if (failure != null) {
                running.remove(set);
                LOG.warn(
                        "The wavelets of {} cannot be read now and stay behind until the domain is heard of again."
                                + " Cause: {}",
                        set,
                        failure.toString());
                return;
            }
            tell(uris, remoteDomain);
            if (uris.size() == PAGE) {
                later(PAUSE, () -> page(set, remoteDomain, uris.get(PAGE - 1)));
            } else {
                running.remove(set);
            }
        });
    }

    private void tell(List<String> uris, String remoteDomain) {
        uris.forEach(uri -> entities.tell(uri, new DomainReachable(remoteDomain)));
    }

    private void later(Duration delay, Runnable work) {
        system.scheduler().scheduleOnce(delay, work, system.executionContext());
    }
}
