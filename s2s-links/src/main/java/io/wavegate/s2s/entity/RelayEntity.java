package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkView;
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
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
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
    private final RelayState state;
    private final LinkStreams streams;
    private final Environment environment;
    private final LinkSchedule schedule;
    private final PhaseReport report;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Map<Long, ActorRef<RelayOutcome>> senders = new HashMap<>();
    private long lastToken;
    private boolean stopping;

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
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new RelayEntity(context, timers, domains, shard, environment)));
    }

    private RelayEntity(
            ActorContext<LinkCommand> context,
            TimerScheduler<LinkCommand> timers,
            DomainPair domains,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Environment environment) {
        super(context);
        this.domains = domains;
        this.schedule = new LinkSchedule(timers, environment.unusedFor());
        // Whose domain cannot be reached was chosen by the component's users; it is hardly ever ours to mend.
        this.report = new PhaseReport(domains, environment.watches(), Level.INFO, WHEN_DOWN);
        this.shard = shard;
        this.environment = environment;
        this.state = environment.state().create(domains, now());
        this.streams = new LinkStreams(domains, environment.streams(), context);
        schedule();
    }

    @Override
    public Receive<LinkCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(LinkCommand.Relay.class, this::relay)
                .onMessage(LinkCommand.Answer.class, answer -> feed(new LinkInput.Answer(answer.id(), answer.stanza())))
                .onMessage(LinkCommand.FromEdgeActor.class, said -> told(() -> streams.from(said)))
                .onMessage(LinkCommand.Edges.class, edges -> told(() -> streams.edges(edges)))
                .onMessage(LinkCommand.LocalEdge.class, edge -> told(() -> streams.localEdge(edge)))
                .onMessage(LinkCommand.EdgeGone.class, gone -> told(() -> streams.gone(gone)))
                .onMessage(LinkCommand.InboundHandled.class, handled -> told(() -> streams.handled(handled)))
                .onMessage(LinkCommand.Tick.class, this::tick)
                .onMessage(LinkCommand.WayBack.class, back -> feed(new LinkInput.WayBack(back.pair())))
                .onMessage(LinkCommand.Heard.class, heard -> feed(new LinkInput.Heard()))
                .onMessage(LinkCommand.Describe.class, this::describe)
                .onMessage(LinkCommand.RetryNow.class, this::retryNow)
                .onMessage(LinkCommand.CloseStreams.class, this::closeStreams)
                .onMessage(LinkCommand.Unused.class, this::unused)
                .onMessage(LinkCommand.Stop.class, this::stop)
                .onMessage(LinkCommand.StopNow.class, now -> Behaviors.stopped())
                .onMessage(LinkCommand.Ask.class, this::refuse)
                .onAnyMessage(this::drop)
                .onSignal(PostStop.class, this::stopped)
                .build();
    }

    private Behavior<LinkCommand> relay(LinkCommand.Relay relay) {
        senders.put(++lastToken, relay.replyTo());
        return feed(new LinkInput.Relay(lastToken, relay.stanzas(), relay.bytes()));
    }

    private Behavior<LinkCommand> tick(LinkCommand.Tick tick) {
        schedule.ticked();
        streams.tick();
        return feed(new LinkInput.Tick());
    }

    private Behavior<LinkCommand> describe(LinkCommand.Describe describe) {
        describe.replyTo().tell(state.view());
        return this;
    }

    private Behavior<LinkCommand> retryNow(LinkCommand.RetryNow retry) {
        streams.lookAgain();
        return operate(new LinkInput.RetryNow(), retry.replyTo());
    }

    private Behavior<LinkCommand> operate(LinkInput input, ActorRef<LinkView> replyTo) {
        Behavior<LinkCommand> next = feed(input);
        replyTo.tell(state.view());
        return next;
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

    private Behavior<LinkCommand> unused(LinkCommand.Unused unused) {
        if (state.isQuiescent()) {
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        }
        return this;
    }

    private Behavior<LinkCommand> stopped(PostStop signal) {
        carryOut(state.end());
        streams.release();
        return this;
    }

    /** An edge, or who knows of edges, told the streams something, from which may follow what the link is told. */
    private Behavior<LinkCommand> told(Runnable tell) {
        tell.run();
        return goOn();
    }

    private Behavior<LinkCommand> feed(LinkInput input) {
        carryOut(state.handle(input, now()));
        return goOn();
    }

    private Behavior<LinkCommand> goOn() {
        for (Optional<LinkInput> news = streams.next(); news.isPresent(); news = streams.next()) {
            carryOut(state.handle(news.get(), now()));
        }
        schedule();
        return streams.isOutdated() || (stopping && isSettled()) ? Behaviors.stopped() : this;
    }

    /** What is to be sent goes to the edge and is written first; the streams stay. */
    private Behavior<LinkCommand> stop(LinkCommand.Stop stop) {
        stopping = true;
        schedule.stopAfter(environment.streams().settings().moveWithin());
        return goOn();
    }

    private boolean isSettled() {
        return state.isSettled() && streams.isSettled();
    }

    private Behavior<LinkCommand> closeStreams(LinkCommand.CloseStreams close) {
        streams.closeAccepted(List.of());
        return operate(new LinkInput.CloseStreams(), close.replyTo());
    }

    private long now() {
        return environment.clock().getAsLong();
    }

    private void schedule() {
        long wake = Math.min(state.nextWakeMillis(), streams.nextWakeMillis());
        schedule.next(wake, state.isQuiescent(), now());
    }

    private void carryOut(List<LinkEffect> effects) {
        for (LinkEffect effect : effects) {
            if (effect instanceof LinkEffect.Send send) {
                streams.send(send.pair(), send.stream(), send.stanzas());
            } else if (effect instanceof LinkEffect.Relayed relayed) {
                ActorRef<RelayOutcome> sender = senders.remove(relayed.token());
                if (sender != null) {
                    sender.tell(relayed.outcome());
                }
            } else if (effect instanceof LinkEffect.OpenStream) {
                streams.open(domains);
            } else if (effect instanceof LinkEffect.Bounce bounce) {
                environment.bouncer().bounce(domains, bounce.stanzas(), bounce.error());
            } else if (effect instanceof LinkEffect.CloseStream close) {
                streams.close(close.stream());
            } else if (effect instanceof LinkEffect.AbandonStream abandon) {
                streams.abandon(abandon.stream());
            } else if (effect instanceof LinkEffect.PhaseChanged changed) {
                report.changed(changed.to());
            }
        }
    }
}
