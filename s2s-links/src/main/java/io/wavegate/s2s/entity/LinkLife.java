package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.link.LinkCore;
import io.wavegate.s2s.link.LinkEffect;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.ReceiveBuilder;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * The life of a link's entity, of either kind: its core is fed with what is said to it and with what becomes of its streams, is
 * woken when it is due, and ends when it is of no use, when another entity has taken over, or when its shard moves.
 */
final class LinkLife {
    private final Place place;
    private final LinkCore core;
    private final LinkStreams streams;
    private final LinkStreams.Environment environment;
    private final LinkSchedule schedule;
    private final PhaseReport report;
    private final Kind kind;
    private boolean stopping;

    /** Where an entity lives. */
    record Place(
            DomainPair link,
            ActorContext<LinkCommand> context,
            TimerScheduler<LinkCommand> timers,
            ActorRef<ClusterSharding.ShardCommand> shard) {}

    /** What is an entity's own. */
    interface Kind {
        /** Carries out what is not about streams and phases. */
        void carryOut(LinkEffect effect);

        /** A stream of the link is wanted, or was found. */
        void uses(DomainPair pair);

        /** Names that belong to the link beside those of its domain. */
        List<String> services();
    }

    /**
     * @param environment what its streams need
     * @param unusedFor how long a link of no use is kept
     */
    LinkLife(
            Place place,
            LinkCore core,
            LinkStreams.Environment environment,
            Duration unusedFor,
            PhaseReport report,
            Kind kind) {
        this.place = place;
        this.core = core;
        this.environment = environment;
        this.streams = new LinkStreams(place.link(), environment, place.context());
        this.schedule = new LinkSchedule(place.timers(), unusedFor);
        this.report = report;
        this.kind = kind;
        schedule();
    }

    /** Adds what every link is told. */
    ReceiveBuilder<LinkCommand> heed(ReceiveBuilder<LinkCommand> builder) {
        return builder.onMessage(
                        LinkCommand.Answer.class, answer -> feed(new LinkInput.Answer(answer.id(), answer.stanza())))
                .onMessage(LinkCommand.Heard.class, heard -> feed(new LinkInput.Heard()))
                .onMessage(LinkCommand.WayBack.class, back -> feed(new LinkInput.WayBack(back.pair())))
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
                .onMessage(LinkCommand.StopNow.class, now -> Behaviors.stopped());
    }

    /** The core is told. */
    Behavior<LinkCommand> feed(LinkInput input) {
        handle(input);
        return goOn();
    }

    /** The entity has stopped: everybody who waits is told, and its streams stay for the next one. */
    void end() {
        core.end(now()).forEach(this::carryOut);
        streams.release();
    }

    private void handle(LinkInput input) {
        core.handle(input, now()).forEach(this::carryOut);
    }

    /** An edge, or who knows of edges, told the streams something, from which may follow what the core is told. */
    private Behavior<LinkCommand> told(Runnable tell) {
        tell.run();
        return goOn();
    }

    private Behavior<LinkCommand> goOn() {
        for (Optional<LinkInput> news = streams.next(); news.isPresent(); news = streams.next()) {
            if (news.get() instanceof LinkInput.StreamFound found) {
                kind.uses(found.pair());
            }
            handle(news.get());
        }
        schedule();
        return streams.isOutdated() || (stopping && isSettled()) ? Behaviors.stopped() : Behaviors.same();
    }

    private boolean isSettled() {
        return core.isSettled() && streams.isSettled();
    }

    private void schedule() {
        long wake = Math.min(core.nextWakeMillis(now()), streams.nextWakeMillis());
        schedule.next(wake, core.isQuiescent(), now());
    }

    private long now() {
        return environment.clock().getAsLong();
    }

    private Behavior<LinkCommand> tick(LinkCommand.Tick tick) {
        schedule.ticked();
        streams.tick();
        return feed(new LinkInput.Tick());
    }

    private Behavior<LinkCommand> describe(LinkCommand.Describe describe) {
        // To be looked at is no use: it would be kept for as long as somebody looks.
        describe.replyTo().tell(core.view());
        return Behaviors.same();
    }

    private Behavior<LinkCommand> retryNow(LinkCommand.RetryNow retry) {
        streams.lookAgain();
        return operate(new LinkInput.RetryNow(), retry.replyTo());
    }

    private Behavior<LinkCommand> closeStreams(LinkCommand.CloseStreams close) {
        streams.closeAccepted(kind.services());
        return operate(new LinkInput.CloseStreams(), close.replyTo());
    }

    private Behavior<LinkCommand> operate(LinkInput input, ActorRef<LinkView> replyTo) {
        Behavior<LinkCommand> next = feed(input);
        replyTo.tell(core.view());
        return next;
    }

    private Behavior<LinkCommand> unused(LinkCommand.Unused unused) {
        if (core.isQuiescent()) {
            place.shard().tell(new ClusterSharding.Passivate<>(place.context().getSelf()));
        }
        return Behaviors.same();
    }

    /** What is to be sent goes to the edge and is written first; the streams stay. */
    private Behavior<LinkCommand> stop(LinkCommand.Stop stop) {
        stopping = true;
        schedule.stopAfter(environment.settings().moveWithin());
        return goOn();
    }

    private void carryOut(LinkEffect effect) {
        if (effect instanceof LinkEffect.Send send) {
            streams.send(send.pair(), send.stream(), send.stanzas());
        } else if (effect instanceof LinkEffect.OpenStream open) {
            kind.uses(open.pair());
            streams.open(open.pair());
        } else if (effect instanceof LinkEffect.CloseStream close) {
            streams.close(close.stream());
        } else if (effect instanceof LinkEffect.AbandonStream abandon) {
            streams.abandon(abandon.stream());
        } else if (effect instanceof LinkEffect.PhaseChanged changed) {
            report.changed(changed.to());
        } else {
            kind.carryOut(effect);
        }
    }
}
