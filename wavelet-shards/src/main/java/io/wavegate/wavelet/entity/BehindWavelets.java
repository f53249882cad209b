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
 * Wakes the wavelets that a remote domain is behind on, or that are behind it, when the domain answers: page by page, the
 * next when most of the one before have caught up. So a domain that was away for long brings only so many of them into
 * memory at once.
 */
final class BehindWavelets {
    private static final Logger LOG = LoggerFactory.getLogger(BehindWavelets.class);
    private static final int PAGE = 100;
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** A page is waited for so many pauses: what does not catch up must not hold up the others. */
    private static final int PATIENCE = 25;

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

    private void page(String set, String remoteDomain, String after) {
        journal.members(set, after, PAGE).whenComplete((uris, failure) -> {
            if (failure != null) {
                giveUp(set, failure);
                return;
            }
            uris.forEach(uri -> entities.tell(uri, new DomainReachable(remoteDomain)));
            if (uris.size() == PAGE) {
                later(() -> next(set, remoteDomain, after, uris, PATIENCE));
            } else {
                running.remove(set);
            }
        });
    }

    private void next(String set, String remoteDomain, String before, List<String> woken, int patience) {
        journal.members(set, before, PAGE).whenComplete((present, failure) -> {
            if (failure != null) {
                giveUp(set, failure);
                return;
            }
            long still = present.stream().filter(woken::contains).count();
            if (still > PAGE / 2 && patience > 0) {
                later(() -> next(set, remoteDomain, before, woken, patience - 1));
            } else {
                page(set, remoteDomain, woken.get(PAGE - 1));
            }
        });
    }

    private void giveUp(String set, Throwable failure) {
        running.remove(set);
        LOG.warn(
                "The wavelets of {} cannot be read now and stay behind until the domain is heard of again, or the links"
                        + " are looked through (wavegate.s2s.links.look-through). Cause: {}",
                set,
                failure.toString());
    }

    private void later(Runnable work) {
        system.scheduler().scheduleOnce(PAUSE, work, system.executionContext());
    }
}
