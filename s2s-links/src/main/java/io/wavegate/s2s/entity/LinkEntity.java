package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.link.LinkEffect;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.link.LinkState;
import io.wavegate.s2s.link.Outcome;
import io.wavegate.s2s.stream.DomainPair;
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
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Carries out what {@link LinkState} decides for one pair of domains. Sharded by {@code local|remote}. */
public final class LinkEntity extends AbstractBehavior<LinkCommand> {
    /** The sharded type. */
    public static final EntityTypeKey<LinkCommand> TYPE = EntityTypeKey.create(LinkCommand.class, "link");

    private static final String WHEN_DOWN =
            "It is tried again by itself; if the cause is on our side, `wavegate links` shows the steps taken.";

    private final DomainPair domains;
    private final LinkState state;
    private final LinkStreams streams;
    private final Environment environment;
    private final LinkSchedule schedule;
    private final PhaseReport report;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Map<Long, ActorRef<Outcome>> askers = new HashMap<>();
    private final Map<Long, ActorRef<Boolean>> confirmers = new HashMap<>();
    private long lastToken;
    private boolean stopping;

    /**
     * What an entity needs of the node.
     *
     * @param streams what its streams need
     * @param clock milliseconds since the epoch
     * @param state makes the core of a link
     * @param reachable told when the remote domain can be reached again
     * @param services told which names the link uses
     * @param watches shown what passes
     * @param unusedFor how long a link of no use is kept
     */
    record Environment(
            LinkStreams.Environment streams,
            LongSupplier clock,
            StateSource state,
            ReachableListener reachable,
            ForeignServices services,
            LinkWatches watches,
            Duration unusedFor) {}

    /** Makes the core of a link. */
    @FunctionalInterface
    interface StateSource {
        LinkState create(DomainPair domains, long nowMillis);
    }

    /** Told when a remote domain can be reached again. */
    @FunctionalInterface
    interface ReachableListener {
        void reachable(DomainPair domains);
    }

    static String entityId(DomainPair domains) {
        return domains.local() + "|" + domains.remote();
    }

    static DomainPair domains(String entityId) {
        int bar = entityId.indexOf('|');
        if (bar < 1 || bar == entityId.length() - 1) {
            throw new IllegalArgumentException("Not the id of a link: " + entityId);
        }
        return new DomainPair(entityId.substring(0, bar), entityId.substring(bar + 1));
    }

    static Behavior<LinkCommand> create(
            String entityId, ActorRef<ClusterSharding.ShardCommand> shard, Environment environment) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new LinkEntity(context, timers, domains(entityId), shard, environment)));
    }

    private LinkEntity(
            ActorContext<LinkCommand> context,
            TimerScheduler<LinkCommand> timers,
            DomainPair domains,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Environment environment) {
        super(context);
        this.domains = domains;
        this.schedule = new LinkSchedule(timers, environment.unusedFor());
        this.report = new PhaseReport(domains, environment.watches(), Level.WARN, WHEN_DOWN);
        this.shard = shard;
        this.environment = environment;
        this.state = environment.state().create(domains, environment.clock().getAsLong());
        this.streams = new LinkStreams(domains, environment.streams(), context);
        schedule();
    }

    @Override
    public Receive<LinkCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(LinkCommand.Ask.class, this::ask)
                .onMessage(LinkCommand.AskAgain.class, this::askAgain)
                .onMessage(LinkCommand.Say.class, say -> feed(new LinkInput.Say(say.pair(), say.stanza())))
                .onMessage(LinkCommand.Answer.class, answer -> feed(new LinkInput.Answer(answer.id(), answer.stanza())))
                .onMessage(LinkCommand.Heard.class, heard -> feed(new LinkInput.Heard()))
                .onMessage(LinkCommand.WayBack.class, back -> feed(new LinkInput.WayBack(back.pair())))
                .onMessage(LinkCommand.Confirm.class, this::confirm)
                .onMessage(LinkCommand.Wake.class, wake -> feed(new LinkInput.Behind()))
                .onMessage(LinkCommand.FromEdgeActor.class, said -> told(() -> streams.from(said)))
                .onMessage(LinkCommand.Edges.class, edges -> told(() -> streams.edges(edges)))
                .onMessage(LinkCommand.LocalEdge.class, edge -> told(() -> streams.localEdge(edge)))
                .onMessage(LinkCommand.EdgeGone.class, gone -> told(() -> streams.gone(gone)))
                .onMessage(LinkCommand.InboundHandled.class, handled -> told(() -> streams.handled(handled)))
                .onMessage(LinkCommand.Tick.class, this::tick)
                .onMessage(LinkCommand.Describe.class, this::describe)
                .onMessage(LinkCommand.RetryNow.class, this::retryNow)
                .onMessage(LinkCommand.CloseStreams.class, this::closeStreams)
                .onMessage(LinkCommand.Unused.class, this::unused)
                .onMessage(LinkCommand.Stop.class, this::stop)
                .onMessage(LinkCommand.StopNow.class, now -> Behaviors.stopped())
                .onSignal(PostStop.class, this::stopped)
                .build();
    }

    private Behavior<LinkCommand> askAgain(LinkCommand.AskAgain again) {
        return askers.containsValue(again.first().replyTo()) ? this : ask(again.first());
    }

    private Behavior<LinkCommand> ask(LinkCommand.Ask ask) {
        askers.put(++lastToken, ask.replyTo());
        return feed(new LinkInput.Ask(lastToken, ask.request()));
    }

    private Behavior<LinkCommand> confirm(LinkCommand.Confirm confirm) {
        confirmers.put(++lastToken, confirm.replyTo());
        return feed(new LinkInput.Confirm(lastToken, confirm.address(), confirm.find()));
    }

    private Behavior<LinkCommand> tick(LinkCommand.Tick tick) {
        schedule.ticked();
        streams.tick();
        return feed(new LinkInput.Tick());
    }

    private Behavior<LinkCommand> describe(LinkCommand.Describe describe) {
        describe.replyTo().tell(state.view());
        schedule();
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

    private Behavior<LinkCommand> unused(LinkCommand.Unused unused) {
        if (state.isQuiescent()) {
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        }
        return this;
    }

    private Behavior<LinkCommand> stopped(PostStop signal) {
        // Whoever has no answer asks again, and is answered by the link where it is then.
        askers.clear();
        carryOut(state.end(environment.clock().getAsLong()));
        streams.release();
        environment.services().forget(domains);
        return this;
    }

    /** An edge, or who knows of edges, told the streams something, from which may follow what the link is told. */
    private Behavior<LinkCommand> told(Runnable tell) {
        tell.run();
        return goOn();
    }

    private Behavior<LinkCommand> feed(LinkInput input) {
        carryOut(state.handle(input, environment.clock().getAsLong()));
        return goOn();
    }

    private Behavior<LinkCommand> goOn() {
        for (Optional<LinkInput> news = streams.next(); news.isPresent(); news = streams.next()) {
            if (news.get() instanceof LinkInput.StreamFound found) {
                environment.services().use(domains, found.pair().remote());
            }
            carryOut(state.handle(news.get(), environment.clock().getAsLong()));
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
        streams.closeAccepted(environment.services().usedBy(domains));
        return operate(new LinkInput.CloseStreams(), close.replyTo());
    }

    private void schedule() {
        long now = environment.clock().getAsLong();
        long wake = Math.min(state.nextWakeMillis(now), streams.nextWakeMillis());
        schedule.next(wake, state.isQuiescent(), now);
    }

    private void carryOut(List<LinkEffect> effects) {
        for (LinkEffect effect : effects) {
            if (effect instanceof LinkEffect.Send send) {
                streams.send(send.pair(), send.stream(), send.stanzas());
            } else if (effect instanceof LinkEffect.Complete complete) {
                tell(askers.remove(complete.token()), complete.outcome());
            } else if (effect instanceof LinkEffect.Confirm confirm) {
                tell(confirmers.remove(confirm.token()), confirm.speaks());
            } else if (effect instanceof LinkEffect.OpenStream open) {
                environment.services().use(domains, open.pair().remote());
                streams.open(open.pair());
            } else if (effect instanceof LinkEffect.CloseStream close) {
                streams.close(close.stream());
            } else if (effect instanceof LinkEffect.AbandonStream abandon) {
                streams.abandon(abandon.stream());
            } else if (effect instanceof LinkEffect.Reachable) {
                environment.reachable().reachable(domains);
            } else if (effect instanceof LinkEffect.PhaseChanged changed) {
                report.changed(changed.to());
            }
        }
    }

    private static <T> void tell(@Nullable ActorRef<T> to, T message) {
        if (to != null) {
            to.tell(message);
        }
    }
}
