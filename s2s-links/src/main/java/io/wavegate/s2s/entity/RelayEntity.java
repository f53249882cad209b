package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.link.LinkEffect;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.link.RelayOutcome;
import io.wavegate.s2s.link.RelayState;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
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

/** Carries out what {@link RelayState} decides: the link entity of a component's name and another domain. */
final class RelayEntity extends AbstractBehavior<LinkCommand> {
    private final DomainPair domains;
    private final RelayState state;
    private final LinkStreams streams;
    private final Environment environment;
    private final TimerScheduler<LinkCommand> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Map<Long, ActorRef<RelayOutcome>> senders = new HashMap<>();
    private long lastToken;
    private long tickAtMillis = Long.MAX_VALUE;

    /**
     * What an entity needs of the node.
     *
     * @param edge opens streams
     * @param clock milliseconds since the epoch
     * @param state makes the core
     * @param bouncer tells the senders of stanzas that were passed on already
     * @param unusedFor how long a link of no use is kept
     */
    record Environment(
            CompletionStage<S2sStreams> edge,
            LongSupplier clock,
            StateSource state,
            Bouncer bouncer,
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
        this.timers = timers;
        this.shard = shard;
        this.environment = environment;
        this.state = environment.state().create(domains, now());
        ActorRef<LinkCommand> self = context.getSelf();
        this.streams = new LinkStreams(environment.edge(), self::tell);
        schedule();
    }

    @Override
    public Receive<LinkCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(LinkCommand.Relay.class, this::relay)
                .onMessage(LinkCommand.Opened.class, opened -> feed(streams.opened(opened.pair(), opened.stream())))
                .onMessage(LinkCommand.StreamNews.class, this::news)
                .onMessage(LinkCommand.Tick.class, this::tick)
                .onMessage(LinkCommand.WayBack.class, back -> feed(new LinkInput.WayBack(back.pair())))
                .onMessage(LinkCommand.Heard.class, heard -> feed(new LinkInput.Heard()))
                .onMessage(LinkCommand.Describe.class, this::describe)
                .onMessage(LinkCommand.RetryNow.class, retry -> operate(new LinkInput.RetryNow(), retry.replyTo()))
                .onMessage(
                        LinkCommand.CloseStreams.class, close -> operate(new LinkInput.CloseStreams(), close.replyTo()))
                .onMessage(LinkCommand.Unused.class, this::unused)
                .onMessage(LinkCommand.Stop.class, stop -> Behaviors.stopped())
                .onAnyMessage(wave -> this)
                .onSignal(PostStop.class, this::stopped)
                .build();
    }

    private Behavior<LinkCommand> relay(LinkCommand.Relay relay) {
        senders.put(++lastToken, relay.replyTo());
        return feed(new LinkInput.Relay(lastToken, relay.stanzas(), relay.bytes()));
    }

    private Behavior<LinkCommand> news(LinkCommand.StreamNews news) {
        if (news.input() instanceof LinkInput.StreamEnded ended) {
            streams.forget(ended.stream());
        }
        return feed(news.input());
    }

    private Behavior<LinkCommand> tick(LinkCommand.Tick tick) {
        tickAtMillis = Long.MAX_VALUE;
        return feed(new LinkInput.Tick());
    }

    private Behavior<LinkCommand> describe(LinkCommand.Describe describe) {
        describe.replyTo().tell(state.view(now()));
        return this;
    }

    private Behavior<LinkCommand> operate(LinkInput input, ActorRef<LinkView> replyTo) {
        feed(input);
        replyTo.tell(state.view(now()));
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
        streams.stop();
        return this;
    }

    private Behavior<LinkCommand> feed(LinkInput input) {
        carryOut(state.handle(input, now()));
        schedule();
        return this;
    }

    private long now() {
        return environment.clock().getAsLong();
    }

    private void schedule() {
        long wake = state.nextWakeMillis();
        if (wake < tickAtMillis) {
            tickAtMillis = wake;
            timers.startSingleTimer(
                    LinkCommand.Tick.class, new LinkCommand.Tick(), Duration.ofMillis(Math.max(1, wake - now())));
        }
        if (state.isQuiescent()) {
            timers.startSingleTimer(LinkCommand.Unused.class, new LinkCommand.Unused(), environment.unusedFor());
        }
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
            }
        }
    }
}
