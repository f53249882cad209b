package io.wavegate.s2s.entity;

import io.wavegate.s2s.edge.EdgeEffect;
import io.wavegate.s2s.edge.EdgeRegister;
import io.wavegate.s2s.edge.FromEdge;
import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.Unsent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge of a node as the entities of links see it: carries out what {@link EdgeRegister} decides. */
final class EdgeActor extends AbstractBehavior<EdgeCommand> implements EdgeRegister.Live {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeActor.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Environment environment;
    private final EdgeRegister<ActorRef<LinkCommand>> register;
    private final EdgeInbox inbox;
    private final ActorRef<EdgeCommand> self;
    private final TimerScheduler<EdgeCommand> timers;
    private final Map<Long, OutgoingStream> streams = new HashMap<>();
    private Optional<EdgeDeparture<ActorRef<LinkCommand>>> departure = Optional.empty();
    private boolean anyOthers;

    /**
     * What it needs of the node.
     *
     * @param streams the sockets
     * @param names of ours
     * @param links where the entities are
     * @param directory where other edges are
     * @param settings how long it waits for them
     * @param clock milliseconds since the epoch
     */
    record Environment(
            S2sStreams streams,
            LocalNames names,
            LinkRefs links,
            EdgeDirectory directory,
            EdgeSettings settings,
            LongSupplier clock) {}

    static Behavior<EdgeCommand> create(Environment environment) {
        // A fault of ours costs one message, not every stream of the node.
        return Behaviors.supervise(Behaviors.<EdgeCommand>setup(
                        context -> Behaviors.withTimers(timers -> new EdgeActor(context, timers, environment))))
                .onFailure(SupervisorStrategy.resume());
    }

    private EdgeActor(ActorContext<EdgeCommand> context, TimerScheduler<EdgeCommand> timers, Environment environment) {
        super(context);
        this.environment = environment;
        this.self = context.getSelf();
        this.timers = timers;
        this.register = new EdgeRegister<>(environment.settings().orphanAfter().toMillis(), this);
        this.inbox = new EdgeInbox(self, environment, timers);
        timers.startTimerWithFixedDelay(new EdgeCommand.Tick(), LOOK);
        environment.directory().followOthers(context);
    }

    @Override
    public Receive<EdgeCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(EdgeCommand.FromLink.class, this::fromLink)
                .onMessage(EdgeCommand.Opened.class, this::opened)
                .onMessage(
                        EdgeCommand.OpenFailed.class,
                        failed -> carryOut(register.openFailed(failed.attempt(), failed.end())))
                .onMessage(
                        EdgeCommand.Written.class,
                        written -> carryOut(register.written(written.stream(), written.batch(), written.unsent())))
                .onMessage(EdgeCommand.Ended.class, this::ended)
                .onMessage(EdgeCommand.EntityGone.class, this::entityGone)
                .onMessage(EdgeCommand.Arrived.class, this::arrived)
                .onMessage(EdgeCommand.Others.class, this::others)
                .onMessage(EdgeCommand.Leave.class, this::leave)
                .onMessage(EdgeCommand.LeaveOn.class, on -> leaveOn())
                .onMessage(EdgeCommand.Tick.class, this::tick)
                .build();
    }

    private Behavior<EdgeCommand> fromLink(EdgeCommand.FromLink from) {
        if (from.message() instanceof ToEdge.Unknown) {
            LOG.warn(
                    "The link {} -> {} said something that this release does not know; it was dropped. Nodes of"
                            + " neighbouring releases work together, no others.",
                    from.link().local(),
                    from.link().remote());
        } else if (from.message() instanceof ToEdge.Release) {
            carryOut(register.gone(from.link(), from.entity(), now()));
        } else {
            List<EdgeEffect<ActorRef<LinkCommand>>> effects =
                    register.from(from.link(), from.incarnation(), from.entity(), from.message());
            if (!effects.isEmpty() && effects.get(0) instanceof EdgeEffect.Arrived<ActorRef<LinkCommand>>) {
                getContext().watchWith(from.entity(), new EdgeCommand.EntityGone(from.link(), from.entity()));
            }
            carryOut(effects);
        }
        return this;
    }

    private Behavior<EdgeCommand> entityGone(EdgeCommand.EntityGone gone) {
        return carryOut(register.gone(gone.link(), gone.entity(), now()));
    }

    private Behavior<EdgeCommand> opened(EdgeCommand.Opened opened) {
        long id = register.nextStream();
        OutgoingStream stream = opened.stream();
        streams.put(id, stream);
        stream.ended().thenAccept(end -> self.tell(new EdgeCommand.Ended(id, end)));
        return carryOut(register.opened(opened.attempt()));
    }

    private Behavior<EdgeCommand> ended(EdgeCommand.Ended ended) {
        OutgoingStream stream = streams.remove(ended.stream());
        return stream == null ? this : carryOut(register.ended(ended.stream(), ended.end(), stream.unacknowledged()));
    }

    private Behavior<EdgeCommand> arrived(EdgeCommand.Arrived arrived) {
        inbox.arrived(arrived);
        return this;
    }

    private Behavior<EdgeCommand> others(EdgeCommand.Others others) {
        anyOthers = others.any();
        return this;
    }

    /** The only edge has nobody to leave anything to. */
    private Behavior<EdgeCommand> leave(EdgeCommand.Leave leave) {
        if (departure.isEmpty() && !anyOthers) {
            leave.left().complete(false);
            return this;
        }
        EdgeDeparture<ActorRef<LinkCommand>> under = departure.orElseGet(() ->
                new EdgeDeparture<>(register, inbox::isEmpty, environment.streams(), environment.settings(), now()));
        under.whenLeft(leave.left());
        if (departure.isEmpty()) {
            departure = Optional.of(under);
            return leaveOn();
        }
        return this;
    }

    private Behavior<EdgeCommand> leaveOn() {
        EdgeDeparture<ActorRef<LinkCommand>> under = departure.orElseThrow();
        carryOut(under.goOn(now()));
        if (!under.isOver()) {
            timers.startSingleTimer(new EdgeCommand.LeaveOn(), EdgeDeparture.step());
        }
        return this;
    }

    private Behavior<EdgeCommand> tick(EdgeCommand.Tick tick) {
        inbox.tick();
        return carryOut(register.tick(now()));
    }

    private long now() {
        return environment.clock().getAsLong();
    }

    @Override
    public boolean acknowledged(long stream) {
        return stream(stream).filter(OutgoingStream::isAcknowledged).isPresent();
    }

    @Override
    public long silentMillis(long stream) {
        return stream(stream).map(known -> known.silence().toMillis()).orElse(0L);
    }

    private Optional<OutgoingStream> stream(long id) {
        return Optional.ofNullable(streams.get(id));
    }

    private Behavior<EdgeCommand> carryOut(List<EdgeEffect<ActorRef<LinkCommand>>> effects) {
        for (EdgeEffect<ActorRef<LinkCommand>> effect : effects) {
            if (effect instanceof EdgeEffect.Tell<ActorRef<LinkCommand>> tell) {
                tell.entity().tell(new LinkCommand.FromEdgeActor(self, tell.message()));
            } else if (effect instanceof EdgeEffect.Wake<ActorRef<LinkCommand>> wake) {
                environment.links().tell(wake.link(), new LinkCommand.FromEdgeActor(self, wake.message()));
            } else if (effect instanceof EdgeEffect.Write<ActorRef<LinkCommand>> write) {
                write(write);
            } else if (effect instanceof EdgeEffect.Dial<ActorRef<LinkCommand>> dial) {
                dial(dial.attempt());
            } else if (effect instanceof EdgeEffect.Close<ActorRef<LinkCommand>> close) {
                stream(close.stream()).ifPresent(OutgoingStream::close);
            } else if (effect instanceof EdgeEffect.Abandon<ActorRef<LinkCommand>> abandon) {
                stream(abandon.stream()).ifPresent(OutgoingStream::abandon);
            } else if (effect instanceof EdgeEffect.Arrived<ActorRef<LinkCommand>> arrived) {
                inbox.attached(arrived.link(), arrived.incarnation());
            } else if (effect instanceof EdgeEffect.Inbound<ActorRef<LinkCommand>> inbound) {
                inbox.progress(inbound.incarnation(), inbound.progress());
            } else if (effect instanceof EdgeEffect.ForgetDns<ActorRef<LinkCommand>> forget) {
                environment.streams().forget(forget.domain());
            } else if (effect instanceof EdgeEffect.CloseAccepted<ActorRef<LinkCommand>> close) {
                environment
                        .streams()
                        .closeAccepted(pair -> environment.names().carries(close.link(), close.services(), pair));
            }
        }
        return this;
    }

    private void dial(EdgeRegister.Attempt attempt) {
        environment
                .streams()
                .open(attempt.pair())
                .whenComplete((stream, failure) -> self.tell(
                        stream == null
                                ? new EdgeCommand.OpenFailed(attempt, end(failure))
                                : new EdgeCommand.Opened(attempt, stream)));
    }

    /** If that fails the stream has ended too, which is told on its own; a stanza that cannot be written is nobody's loss. */
    private void write(EdgeEffect.Write<ActorRef<LinkCommand>> write) {
        stream(write.stream()).ifPresent(stream -> stream.send(write.stanzas()).whenComplete((unsent, failure) -> {
            if (unsent != null) {
                written(write, unsent);
            } else if (!(cause(failure) instanceof StreamEndedException)) {
                LOG.error("Stanzas could not be written and were dropped. Please report this.", failure);
                written(write, Unsent.NOTHING);
            }
        }));
    }

    /** On a thread of the sockets. An entity on this node hears of it without a detour: on the way to it nothing is lost. */
    private void written(EdgeEffect.Write<ActorRef<LinkCommand>> write, Unsent unsent) {
        if (write.entity().path().address().hasLocalScope()) {
            FromEdge written = new FromEdge.Written(write.stream(), write.batch(), unsent);
            write.entity().tell(new LinkCommand.FromEdgeActor(self, written));
        } else {
            self.tell(new EdgeCommand.Written(write.stream(), write.batch(), unsent));
        }
    }

    private static StreamEnd end(@Nullable Throwable failure) {
        return cause(failure) instanceof StreamEndedException ended
                ? ended.end()
                : new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, "The stream could not be opened: " + cause(failure));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
