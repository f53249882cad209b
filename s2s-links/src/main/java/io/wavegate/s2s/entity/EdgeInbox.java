package io.wavegate.s2s.entity;

import io.wavegate.s2s.edge.FromEdge;
import io.wavegate.s2s.edge.InboundLedger;
import io.wavegate.s2s.edge.Parts;
import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has come to an edge and is not dealt with by the entities of links: one {@link InboundLedger} for each pair. */
final class EdgeInbox {
    private static final long SHORTEST_WAIT_MILLIS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(EdgeInbox.class);

    private final ActorRef<EdgeCommand> self;
    private final EdgeActor.Environment environment;
    private final TimerScheduler<EdgeCommand> timers;
    private final Map<DomainPair, InboundLedger> byPair = new HashMap<>();
    private final Map<Long, EdgeCommand.Arrived> byToken = new HashMap<>();
    private long lastToken;
    private long next = 1;
    private long timerMillis = Long.MAX_VALUE;

    EdgeInbox(ActorRef<EdgeCommand> self, EdgeActor.Environment environment, TimerScheduler<EdgeCommand> timers) {
        this.self = self;
        this.environment = environment;
        this.timers = timers;
    }

    void arrived(EdgeCommand.Arrived arrived) {
        Optional<DomainPair> link = environment.names().linkOf(arrived.pair());
        if (link.isEmpty()) {
            // The edge lets nothing through that is for a domain it does not serve.
            LOG.warn(
                    "Dropped {} stanzas to {}: it is none of our domains",
                    arrived.stanzas().size(),
                    arrived.pair());
            arrived.received().complete(null);
            arrived.handled().complete(null);
            return;
        }
        InboundLedger ledger = byPair.computeIfAbsent(
                arrived.pair(),
                pair -> new InboundLedger(
                        pair,
                        next,
                        environment.settings().resendAfter().toMillis(),
                        environment.settings().resendMost().toMillis()));
        List<List<XmlElement>> parts = Parts.of(arrived.stanzas());
        for (int i = 0; i < parts.size(); i++) {
            lastToken++;
            if (i == parts.size() - 1) {
                byToken.put(lastToken, arrived);
            }
            say(link.get(), ledger.add(lastToken, parts.get(i), now()));
        }
        next = Math.max(next, ledger.next());
        lookAt(ledger.nextWakeMillis());
    }

    /** An entity of the link has come that knows nothing yet. */
    void attached(DomainPair link, long incarnation) {
        for (Map.Entry<DomainPair, InboundLedger> entry : byPair.entrySet()) {
            if (environment.names().linkOf(entry.getKey()).filter(link::equals).isPresent()) {
                entry.getValue().attached(incarnation, now()).forEach(inbound -> say(link, inbound));
                lookAt(entry.getValue().nextWakeMillis());
            }
        }
    }

    void progress(long incarnation, ToEdge.Progress progress) {
        InboundLedger ledger = byPair.get(progress.pair());
        if (ledger == null) {
            return;
        }
        InboundLedger.Outcome outcome = ledger.progress(incarnation, progress, now());
        for (long token : outcome.received()) {
            EdgeCommand.Arrived arrived = byToken.get(token);
            if (arrived != null) {
                arrived.received().complete(null);
            }
        }
        for (long token : outcome.handled()) {
            EdgeCommand.Arrived arrived = byToken.remove(token);
            if (arrived != null) {
                arrived.handled().complete(null);
            }
        }
        environment.names().linkOf(progress.pair()).ifPresent(link -> outcome.say()
                .forEach(inbound -> say(link, inbound)));
        if (ledger.isEmpty()) {
            byPair.remove(progress.pair());
        } else {
            lookAt(ledger.nextWakeMillis());
        }
    }

    /** Time has passed. To be called now and then, and when the timer has come. */
    void tick() {
        long now = now();
        timerMillis = Long.MAX_VALUE;
        byPair.forEach((pair, ledger) -> {
            environment.names().linkOf(pair).ifPresent(link -> ledger.tick(now).forEach(inbound -> say(link, inbound)));
            lookAt(ledger.nextWakeMillis());
        });
    }

    boolean isEmpty() {
        return byPair.isEmpty();
    }

    private void say(DomainPair link, FromEdge.Inbound inbound) {
        environment.links().tell(link, new LinkCommand.FromEdgeActor(self, inbound));
    }

    /** A timer set for earlier stays: a look too many costs less than a new timer for each batch. */
    private void lookAt(long dueMillis) {
        if (dueMillis < timerMillis) {
            timerMillis = dueMillis;
            Duration wait = Duration.ofMillis(Math.max(SHORTEST_WAIT_MILLIS, dueMillis - now()));
            timers.startSingleTimer(EdgeInbox.class, new EdgeCommand.Tick(), wait);
        }
    }

    private long now() {
        return environment.clock().getAsLong();
    }
}
