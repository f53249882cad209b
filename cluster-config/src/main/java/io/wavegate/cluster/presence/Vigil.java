package io.wavegate.cluster.presence;

import io.wavegate.cluster.settings.PresenceTimes;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Looks at the sign again and again: before this node is a member to know whether it may form a cluster, then as one of one. */
final class Vigil extends AbstractBehavior<Vigil.Command> {
    /** Of former members, for as long as a cluster takes to end. */
    private static final int REMEMBERED = 100;

    private final LifeSigns signs;
    private final PresenceTimes times;
    private final Approach approach;
    private final Outlook outlook;
    private final LongSupplier nanos;
    private final TimerScheduler<Command> timers;
    private final Neighbourhood around;
    private final Witness witness;
    private final LinkedHashSet<String> known = new LinkedHashSet<>();
    private Optional<Watch> watch = Optional.empty();
    private boolean founding;
    private boolean joined;

    sealed interface Command {}

    /** Asks for leave to form a cluster; who does not get it asks again. */
    record MayFound(ActorRef<Boolean> replyTo) implements Command {}

    /** This node goes: the sign is given up if nobody stays. */
    record Leave(ActorRef<Done> replyTo) implements Command {}

    private record Look() implements Command {}

    private record Looked(@Nullable Sign sign, @Nullable Throwable failure) implements Command {}

    private record Acted(boolean atOnce) implements Command {}

    private record Left(ActorRef<Done> replyTo) implements Command {}

    static Behavior<Command> create(
            LifeSigns signs, PresenceTimes times, Approach approach, Outlook outlook, LongSupplier nanos) {
        Behavior<Command> vigil = Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Vigil(context, timers, signs, times, approach, outlook, nanos)));
        // A node whose vigil has ended would not notice that its cluster is not the one that counts.
        return Behaviors.supervise(vigil)
                .onFailure(SupervisorStrategy.restartWithBackoff(
                        times.pause(), times.pause().multipliedBy(10), 0.2));
    }

    private Vigil(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LifeSigns signs,
            PresenceTimes times,
            Approach approach,
            Outlook outlook,
            LongSupplier nanos) {
        super(context);
        this.signs = signs;
        this.times = times;
        this.approach = approach;
        this.outlook = outlook;
        this.nanos = nanos;
        this.timers = timers;
        this.around = new Neighbourhood(context.getSystem());
        this.witness = new Witness(around.self(), times);
        context.getSelf().tell(new Look());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, this::onLook)
                .onMessage(Looked.class, this::onLooked)
                .onMessage(Acted.class, this::onActed)
                .onMessage(MayFound.class, this::onMayFound)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(Left.class, this::onLeft)
                .build();
    }

    private Behavior<Command> onLook(Look look) {
        getContext().pipeToSelf(signs.look(), Looked::new);
        return this;
    }

    private Behavior<Command> onLooked(Looked looked) {
        Sign sign = looked.sign();
        if (sign == null) {
            return unanswered(String.valueOf(looked.failure()));
        } else if (around.isMember()) {
            joined = true;
            return asMember(sign);
        }
        return joined ? onActed(new Acted(false)) : asStranger(sign);
    }

    private Behavior<Command> unanswered(String cause) {
        if (!joined && !founding) {
            outlook.obstacle("the store does not say whether a cluster lives (" + cause + ")");
            approach.look(Set.of(), nanos.getAsLong());
        }
        return onActed(new Acted(false));
    }

    private Behavior<Command> asStranger(Sign sign) {
        long now = nanos.getAsLong();
        watch = Optional.of(Watch.on(watch, sign, now, times.takeOver()));
        if (sign.isHeldBy(around.self())) {
            if (!founding) {
                founding = true;
                outlook.obstacle("it forms a cluster if no other node answers");
                approach.found();
            }
            return beat(sign, Set.of(around.selfNode()));
        }
        if (!founding && approach.isToFound() && Founding.isAllowed(watch.get(), around.selfNode(), times)) {
            return claim(sign, Set.of(around.selfNode()));
        }
        outlook.occupied(sign, times);
        approach.look(sign.nodes(), now);
        return onActed(new Acted(false));
    }

    private Behavior<Command> asMember(Sign sign) {
        Membership own = around.membership();
        remember(own.names());
        Witness.Duty duty = witness.seen(sign, own, nanos.getAsLong());
        outlook.doubt(witness.isInDoubt(), sign);
        return switch (duty) {
            case NOTHING -> onActed(new Acted(false));
            case BEAT -> beat(sign, own.nodes());
            case CLAIM -> claim(sign, own.nodes());
            case END -> end(sign);
        };
    }

    private void remember(Set<String> names) {
        known.removeAll(names);
        known.addAll(names);
        while (known.size() > Math.max(REMEMBERED, names.size())) {
            known.remove(known.iterator().next());
        }
    }

    private Behavior<Command> beat(Sign sign, Set<String> nodes) {
        getContext()
                .pipeToSelf(signs.beat(sign.position(), sign.beat() + 1, nodes), (done, failure) -> new Acted(false));
        return this;
    }

    // Whether it came about, the next look tells.
    private Behavior<Command> claim(Sign sign, Set<String> nodes) {
        getContext()
                .pipeToSelf(
                        signs.claim(sign.position(), around.self(), nodes),
                        (done, failure) -> new Acted(failure == null));
        return this;
    }

    private Behavior<Command> end(Sign sign) {
        getContext()
                .getLog()
                .error(
                        "Another cluster of this store lives at {}, and this node is not in it: it was formed while the"
                                + " store or the network was cut off from one of them. This node ends, to join it when it"
                                + " is started again. Nothing that was acknowledged is lost.",
                        sign.nodes());
        CoordinatedShutdown.get(getContext().getSystem()).run(OtherClusterReason.INSTANCE);
        return Behaviors.stopped();
    }

    private Behavior<Command> onActed(Acted acted) {
        if (acted.atOnce()) {
            getContext().getSelf().tell(new Look());
        } else {
            timers.startSingleTimer(new Look(), times.pause());
        }
        return this;
    }

    private Behavior<Command> onMayFound(MayFound question) {
        question.replyTo().tell(approach instanceof FoundApproach found && found.ask());
        return this;
    }

    private Behavior<Command> onLeave(Leave leave) {
        boolean givesUp = joined && !witness.isInDoubt() && around.isLast();
        CompletionStage<Boolean> done = givesUp
                ? signs.look()
                        .thenCompose(sign -> known.contains(sign.holder())
                                ? signs.claim(sign.position(), "", Set.of())
                                : CompletableFuture.completedFuture(false))
                : CompletableFuture.completedFuture(false);
        getContext().pipeToSelf(done, (given, failure) -> new Left(leave.replyTo()));
        timers.cancelAll();
        return Behaviors.receive(Command.class)
                .onMessage(Left.class, this::onLeft)
                .onAnyMessage(late -> Behaviors.same())
                .build();
    }

    private Behavior<Command> onLeft(Left left) {
        left.replyTo().tell(Done.getInstance());
        return Behaviors.stopped();
    }
}
