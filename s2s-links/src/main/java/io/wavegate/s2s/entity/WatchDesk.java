package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/** Shows what passes links on this node to those who watch them at other nodes. */
final class WatchDesk extends AbstractBehavior<WatchCommand.ToDesk> {
    static final ServiceKey<WatchCommand.ToDesk> KEY = ServiceKey.create(WatchCommand.ToDesk.class, "wavegate-watches");

    /** Whoever has not been heard of for so long is there no more. */
    private static final Duration FORGET_AFTER = Duration.ofSeconds(20);

    /** Events under way to one watcher; and watchers in all. */
    private static final int WINDOW = 1_000;

    private static final int MOST = 256;

    private final Source watches;
    private final Map<ActorRef<WatchCommand.ToWatcher>, Shower> showers = new HashMap<>();

    /** Shows what passes a link on this node. */
    @FunctionalInterface
    interface Source {
        LinkWatch watch(DomainPair link, Consumer<WatchedEvent> watcher);
    }

    static Behavior<WatchCommand.ToDesk> create(Source watches) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new WatchCommand.Look(), FORGET_AFTER);
            context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
            return new WatchDesk(context, watches);
        }));
    }

    private WatchDesk(ActorContext<WatchCommand.ToDesk> context, Source watches) {
        super(context);
        this.watches = watches;
    }

    @Override
    public Receive<WatchCommand.ToDesk> createReceive() {
        return newReceiveBuilder()
                .onMessage(WatchCommand.Watch.class, this::watch)
                .onMessage(WatchCommand.WatcherGone.class, gone -> forget(gone.watcher()))
                .onMessage(WatchCommand.Look.class, look -> look())
                .build();
    }

    private Behavior<WatchCommand.ToDesk> watch(WatchCommand.Watch watch) {
        Shower known = showers.get(watch.watcher());
        if (known != null) {
            known.seen(watch.seen());
        } else if (showers.size() < MOST) {
            Shower fresh = new Shower(getContext().getSelf(), watch.watcher());
            showers.put(watch.watcher(), fresh);
            fresh.begin(watches.watch(watch.link(), fresh::show));
            getContext().watchWith(watch.watcher(), new WatchCommand.WatcherGone(watch.watcher()));
        } else if (watch.seen() == 0) {
            watch.watcher().tell(new WatchCommand.Shown(getContext().getSelf(), 1, Optional.of(refusal(watch.link()))));
        }
        return this;
    }

    /** Told once: whoever has seen it says so when it asks again. */
    private WatchedEvent refusal(DomainPair link) {
        return new WatchedEvent(
                System.currentTimeMillis(),
                WatchedEvent.Kind.HAPPENED,
                link.local(),
                link.remote(),
                "node " + getContext().getSystem().address() + " shows nothing of this link: it has " + MOST
                        + " watchers already, which is the most. End other watches; this one begins there by itself then.");
    }

    private Behavior<WatchCommand.ToDesk> look() {
        showers.entrySet().stream()
                .filter(entry -> !entry.getValue().isWanted())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
        return this;
    }

    private Behavior<WatchCommand.ToDesk> forget(ActorRef<WatchCommand.ToWatcher> watcher) {
        Shower shower = showers.remove(watcher);
        if (shower != null) {
            getContext().unwatch(watcher);
            shower.end();
        }
        return this;
    }

    /** Numbers events for one watcher, on whichever thread they happen. */
    private static final class Shower {
        private final ActorRef<WatchCommand.ToDesk> desk;
        private final ActorRef<WatchCommand.ToWatcher> watcher;
        private Optional<LinkWatch> tap = Optional.empty();
        private boolean wanted = true;
        private boolean cut;
        private long shown;
        private long seen;

        Shower(ActorRef<WatchCommand.ToDesk> desk, ActorRef<WatchCommand.ToWatcher> watcher) {
            this.desk = desk;
            this.watcher = watcher;
        }

        synchronized void begin(LinkWatch watch) {
            tap = Optional.of(watch);
        }

        synchronized void show(WatchedEvent event) {
            if (cut) {
                return;
            }
            cut = shown - seen >= WINDOW;
            watcher.tell(
                    new WatchCommand.Shown(desk, ++shown, Optional.of(event).filter(fits -> !cut)));
        }

        synchronized void seen(long upTo) {
            wanted = true;
            seen = Math.max(seen, upTo);
        }

        /** Whether it was asked for since this was asked last. */
        synchronized boolean isWanted() {
            boolean before = wanted;
            wanted = false;
            return before;
        }

        synchronized void end() {
            cut = true;
            tap.ifPresent(LinkWatch::close);
        }
    }
}
