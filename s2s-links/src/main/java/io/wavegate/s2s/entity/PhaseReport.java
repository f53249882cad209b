package io.wavegate.s2s.entity;

import io.wavegate.s2s.link.LinkPhase;
import io.wavegate.s2s.stream.DomainPair;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells operators what becomes of a link: those who watch it each time, the log once for each cause of being down. */
final class PhaseReport {
    private static final Logger log = LoggerFactory.getLogger(PhaseReport.class);

    private static final int MOST_CAUSES = 8;

    private final DomainPair link;
    private final LinkWatches watches;
    private final Level downLevel;
    private final String nextStep;
    private final Set<String> told = new HashSet<>();

    /**
     * @param downLevel how much it matters here that the link is down
     * @param nextStep what happens then and what an operator can do, whole sentences
     */
    PhaseReport(DomainPair link, LinkWatches watches, Level downLevel, String nextStep) {
        this.link = link;
        this.watches = watches;
        this.downLevel = downLevel;
        this.nextStep = nextStep;
    }

    void changed(LinkPhase to) {
        watches.happened(link, link, "the link is " + to.title());
        if (to instanceof LinkPhase.Down down) {
            // Where a domain has several faults, attempts meet one or the other.
            if (told.size() < MOST_CAUSES && told.add(down.cause())) {
                log.atLevel(downLevel)
                        .log("Link {} -> {} is down: {}. {}", link.local(), link.remote(), down.cause(), nextStep);
            }
        } else if (to instanceof LinkPhase.Up up) {
            told.clear();
            String service = up.service().isEmpty() ? "" : ", wave service " + up.service();
            log.info("Link {} -> {} is up{}", link.local(), link.remote(), service);
        }
    }
}
