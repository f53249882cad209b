package io.wavegate.s2s.entity;

import io.wavegate.s2s.link.LinkEffect;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.link.Outcome;
import io.wavegate.s2s.link.RelayOutcome;
import io.wavegate.s2s.link.RelayState;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Carries out what {@link RelayState} decides: the link entity of a component's name and another domain. */
final class RelayEntity extends AbstractBehavior<LinkCommand> {
    private static final Logger log = LoggerFactory.getLogger(RelayEntity.class);

    private static final String WHEN_DOWN =
            "What the component sends there is bounced for some seconds, then a stanza makes"
                    + " the next attempt; `wavegate links retry` makes one now, and `wavegate check` looks for the cause.";

    private final DomainPair domains;
    private final Environment environment;
    private final LinkLife life;
    private final Map<Long, ActorRef<RelayOutcome>> senders = new HashMap<>();
    private long lastToken;

    /**
     * What an entity needs of the node.
     *
     * @param streams what its streams need
     * @param clock milliseconds since the epoch
     * @param state makes the core
     * @param bouncer tells the senders of stanzas that were passed on already
     * @param watches shown what passes
     * @param unusedFor how long a link of no use is kept
     */
    record Environment(
            LinkStreams.Environment streams,
            LongSupplier clock,
            StateSource state,
            Bouncer bouncer,
            LinkWatches watches,
            Duration unusedFor) {}

    /** Tells senders what became of their stanzas. */
    @FunctionalInterface
    interface Bouncer {
        void bounce(DomainPair domains, List<XmlElement> stanzas, StanzaError error);
    }

    /** Makes the core of a link. */
    @FunctionalInterface
    interface StateSource {
        RelayState create(DomainPair domains, long nowMillis);
    }

    static Behavior<LinkCommand> create(
            DomainPair domains, ActorRef<ClusterSharding.ShardCommand> shard, Environment environment) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new RelayEntity(new LinkLife.Place(domains, context, timers, shard), environment)));
    }

    private RelayEntity(LinkLife.Place place, Environment environment) {
        super(place.context());
        this.domains = place.link();
        this.environment = environment;
        this.life = new LinkLife(
                place,
                environment.state().create(domains, environment.clock().getAsLong()),
                environment.streams(),
                environment.unusedFor(),
                // Whose domain cannot be reached was chosen by the component's users; it is hardly ever ours to mend.
                new PhaseReport(domains, environment.watches(), Level.INFO, WHEN_DOWN),
                new Own());
    }

    @Override
    public Receive<LinkCommand> createReceive() {
        return life.heed(newReceiveBuilder())
                .onMessage(LinkCommand.Relay.class, this::relay)
                .onMessage(LinkCommand.Ask.class, this::refuse)
                .onAnyMessage(this::drop)
                .onSignal(PostStop.class, this::stopped)
                .build();
    }

    private Behavior<LinkCommand> relay(LinkCommand.Relay relay) {
        senders.put(++lastToken, relay.replyTo());
        return life.feed(new LinkInput.Relay(lastToken, relay.stanzas(), relay.bytes()));
    }

    private Behavior<LinkCommand> refuse(LinkCommand.Ask ask) {
        drop(ask);
        ask.replyTo()
                .tell(new Outcome.Unreachable(domains.local() + " is the name of a component, which speaks no Wave."));
        return this;
    }

    private Behavior<LinkCommand> drop(LinkCommand command) {
        log.warn(
                "Link {} -> {} dropped a {}: {} is a component here and no name of Wave's. Nodes of one cluster must have"
                        + " the same wavegate.domains and wavegate.s2s.components.",
                domains.local(),
                domains.remote(),
                command.getClass().getSimpleName(),
                domains.local());
        return this;
    }

    private Behavior<LinkCommand> stopped(PostStop signal) {
        life.end();
        return this;
    }

    private final class Own implements LinkLife.Kind {
        @Override
        public void uses(DomainPair pair) {
            // It speaks with one name at either end.
        }

        @Override
        public List<String> services() {
            return List.of();
        }

        @Override
        public void carryOut(LinkEffect effect) {
            if (effect instanceof LinkEffect.Relayed relayed) {
                ActorRef<RelayOutcome> sender = senders.remove(relayed.token());
                if (sender != null) {
                    sender.tell(relayed.outcome());
                }
            } else if (effect instanceof LinkEffect.Bounce bounce) {
                environment.bouncer().bounce(domains, bounce.stanzas(), bounce.error());
            }
        }
    }
}
