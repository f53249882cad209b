package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/** A watch of a link as far as other nodes see it: events of every node come here, and where some are missing it says so. */
final class ClusterWatch extends AbstractBehavior<WatchCommand.ToWatcher> {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int SEEN_AT_ONCE = 100;

    private final DomainPair link;
    private final Consumer<WatchedEvent> watcher;
    private final Map<ActorRef<WatchCommand.ToDesk>, Long> seen = new HashMap<>();
    private Set<ActorRef<WatchCommand.ToDesk>> desks = Set.of();

    /** Has this node show others what it sees. */
    static void serve(ActorSystem<?> system, WatchDesk.Source watches) {
        system.systemActorOf(
                WatchDesk.create(watches), "wavegate-watch-desk-" + NUMBERS.incrementAndGet(), Props.empty());
    }

    /** Watches at all other nodes, those that come later too. */
    static LinkWatch begin(ActorSystem<?> system, DomainPair link, Consumer<WatchedEvent> watcher) {
        Behavior<WatchCommand.ToWatcher> watch = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new WatchCommand.Tick(), AGAIN);
            return new ClusterWatch(context, link, watcher);
        }));
        ActorRef<WatchCommand.ToWatcher> actor =
                system.systemActorOf(watch, "wavegate-watch-" + NUMBERS.incrementAndGet(), Props.empty());
        return () -> actor.tell(new WatchCommand.End());
    }

    private ClusterWatch(
            ActorContext<WatchCommand.ToWatcher> context, DomainPair link, Consumer<WatchedEvent> watcher) {
        super(context);
        this.link = link;
        this.watcher = watcher;
        ActorRef<Receptionist.Listing> listings = context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new WatchCommand.Desks(listing.getServiceInstances(WatchDesk.KEY)));
        context.getSystem().receptionist().tell(Receptionist.subscribe(WatchDesk.KEY, listings));
    }

    @Override
    public Receive<WatchCommand.ToWatcher> createReceive() {
        return newReceiveBuilder()
                .onMessage(WatchCommand.Desks.class, this::desks)
                .onMessage(WatchCommand.Shown.class, this::shown)
                .onMessage(WatchCommand.Tick.class, tick -> {
                    desks.forEach(this::ask);
                    return this;
                })
                .onMessage(WatchCommand.End.class, end -> Behaviors.stopped())
                .build();
    }

    private Behavior<WatchCommand.ToWatcher> desks(WatchCommand.Desks all) {
        desks = all.all().stream()
                .filter(desk -> !desk.path().address().hasLocalScope())
                .collect(Collectors.toSet());
        desks.forEach(this::ask);
        return this;
    }

    private void ask(ActorRef<WatchCommand.ToDesk> desk) {
        desk.tell(new WatchCommand.Watch(link, getContext().getSelf(), seen.getOrDefault(desk, 0L)));
    }

    private Behavior<WatchCommand.ToWatcher> shown(WatchCommand.Shown shown) {
        long missing = shown.number() - 1 - seen.getOrDefault(shown.desk(), 0L);
        if (missing > 0) {
            say(shown, missing + " events of node " + shown.desk().path().address() + " were lost on the way");
        }
        shown.event()
                .ifPresentOrElse(
                        watcher,
                        () -> say(
                                shown,
                                "node " + shown.desk().path().address()
                                        + " has more to show than can be passed on; it shows no more. Watch it there."));
        seen.put(shown.desk(), shown.number());
        if (shown.number() % SEEN_AT_ONCE == 0) {
            ask(shown.desk());
        }
        return this;
    }

    private void say(WatchCommand.Shown shown, String text) {
        watcher.accept(new WatchedEvent(
                System.currentTimeMillis(), WatchedEvent.Kind.HAPPENED, link.local(), link.remote(), text));
    }
}
