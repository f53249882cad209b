package io.wavegate.load.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Time, chance and order of one run: everything that happens is an event here, and happens on the one thread that runs the
 * world. Events at the same time happen in the order in which they were made.
 */
final class World {
    /** When the virtual clock begins: within the dates of the simulation's certificates. Milliseconds since the epoch. */
    static final long EPOCH_MILLIS = 1_900_000_000_000L;

    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(1024);
    private final Trace trace;
    private final Consumer<RuntimeException> failed;
    private long now;
    private long made;
    private long happened;
    private boolean muted;
    private int numbers;
    private @Nullable Slot running;

    /** @param failed told of what should not have been thrown */
    World(long seed, Trace trace, Consumer<RuntimeException> failed) {
        this.failed = failed;
        this.random = new SplittableRandom(seed);
        this.trace = trace;
    }

    /** Something that will happen. */
    static final class Event implements Comparable<Event> {
        final long at;
        final long number;
        final @Nullable Slot slot;
        final Runnable run;
        final boolean mailbox;
        boolean cancelled;

        Event(long at, long number, @Nullable Slot slot, Runnable run, boolean mailbox) {
            this.at = at;
            this.number = number;
            this.slot = slot;
            this.run = run;
            this.mailbox = mailbox;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Virtual microseconds since the beginning. */
    long now() {
        return now;
    }

    /** The virtual clock's milliseconds since the epoch. */
    long millis() {
        return EPOCH_MILLIS + now / 1_000;
    }

    Trace trace() {
        return trace;
    }

    /** Another number each time. */
    int number() {
        return ++numbers;
    }

    /** A number from 0 to {@code bound - 1}. */
    int chance(int bound) {
        return random.nextInt(bound);
    }

    /** True in so many of a thousand cases. */
    boolean perMille(int cases) {
        return cases > 0 && random.nextInt(1_000) < cases;
    }

    /** From {@code least} to {@code most}. */
    long between(long least, long most) {
        return least >= most ? least : random.nextLong(least, most + 1);
    }

    SplittableRandom fork() {
        return random.split();
    }

    /** Happens outside of all nodes. */
    Event after(long micros, Runnable run) {
        return add(micros, null, run, false);
    }

    /** Happens on a node, if it runs by then; on a paused node when it goes on. */
    Event after(long micros, @Nullable Slot slot, Runnable run) {
        return add(micros, slot, run, false);
    }

    /** A piece of work of the node's threads: soon, in an order that the seed decides. */
    void work(Slot slot, Runnable run) {
        add(1 + random.nextInt(12), slot, run, true);
    }

    private Event add(long micros, @Nullable Slot slot, Runnable run, boolean mailbox) {
        Event event = new Event(now + Math.max(0, micros), ++made, slot, run, mailbox);
        events.add(event);
        return event;
    }

    /** Puts back what waited while a node was paused. */
    void again(List<Event> waiting) {
        for (Event event : waiting) {
            if (!event.cancelled) {
                add(random.nextInt(200), event.slot, event.run, event.mailbox);
            }
        }
    }

    /** True while a node that has died is being taken apart: nothing that it does is seen by anybody. */
    boolean muted() {
        return muted;
    }

    /** Runs what is left of a node's threads, so that its actors end; nobody sees anything of it. */
    void takeApart(Slot slot) {
        boolean before = muted;
        muted = true;
        try {
            for (List<Event> left = mailboxes(slot); !left.isEmpty(); left = mailboxes(slot)) {
                left.forEach(event -> event.run.run());
            }
        } finally {
            muted = before;
        }
    }

    private List<Event> mailboxes(Slot slot) {
        List<Event> found = new ArrayList<>(slot.takeBacklog());
        for (Event event : events) {
            if (event.slot == slot && event.mailbox && !event.cancelled) {
                found.add(event);
            }
        }
        found.removeIf(event -> !event.mailbox || event.cancelled);
        found.sort(null);
        found.forEach(event -> event.cancelled = true);
        return found;
    }

    /** Lets happen what happens until a time, or until nothing more does. */
    void runUntil(long time) {
        for (Event next = events.peek(); next != null && next.at <= time; next = events.peek()) {
            events.poll();
            happen(next);
        }
        now = Math.max(now, time);
    }

    private void happen(Event event) {
        if (event.cancelled) {
            return;
        }
        now = Math.max(now, event.at);
        if (event.slot != null && event.slot.isPaused()) {
            event.slot.keep(event);
            return;
        }
        happened++;
        trace.step(event.number ^ event.at << 20);
        running = event.slot;
        try {
            event.run.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
        running = null;
    }

    /** The node on whose threads what happens now happens. */
    @Nullable Slot running() {
        return running;
    }

    /** How many events there were. */
    long happened() {
        return happened;
    }

    void clear() {
        events.clear();
    }
}
