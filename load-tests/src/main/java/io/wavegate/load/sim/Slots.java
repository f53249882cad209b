package io.wavegate.load.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The slots of one thread that runs worlds; and all slots by name, since Pekko makes executors and schedulers by name. */
final class Slots implements AutoCloseable {
    private static final Map<String, Slot> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int number = COUNT.incrementAndGet();
    private final List<Slot> slots = new ArrayList<>();

    static void register(String name, Slot slot) {
        ALL.put(name, slot);
    }

    static void forget(String name) {
        ALL.remove(name);
    }

    static Slot named(String name) {
        Slot slot = ALL.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no slot " + name);
        }
        return slot;
    }

    Slot get(int index) {
        while (slots.size() <= index) {
            slots.add(Slot.start(number + "-" + slots.size()));
        }
        return slots.get(index);
    }

    List<Slot> started() {
        return slots;
    }

    @Override
    public void close() {
        slots.forEach(Slot::close);
        slots.clear();
    }
}
