package io.wavegate.load.chaos.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How long marks took from when they were to be typed to when the other domain's user saw them, in milliseconds. */
public final class Stalls {
    private final long[] sorted;

    private Stalls(Collection<Typed> marks) {
        this.sorted = marks.stream()
                .filter(typed -> typed.delivered() != 0)
                .mapToLong(typed -> (typed.delivered() - typed.intended()) / 1_000_000)
                .sorted()
                .toArray();
    }

    /** Of all marks. */
    public static Stalls of(Collection<Typed> marks) {
        return new Stalls(marks);
    }

    /** Of some. */
    public static Stalls of(Collection<Typed> marks, Predicate<Typed> which) {
        return new Stalls(marks.stream().filter(which).toList());
    }

    /** Of each pair. */
    public static Map<Pair, Stalls> byPair(Collection<Typed> marks) {
        Map<Pair, List<Typed>> groups = new LinkedHashMap<>();
        marks.forEach(typed ->
                groups.computeIfAbsent(typed.pair(), pair -> new ArrayList<>()).add(typed));
        Map<Pair, Stalls> stalls = new LinkedHashMap<>();
        groups.forEach((pair, group) -> stalls.put(pair, new Stalls(group)));
        return stalls;
    }

    public int count() {
        return sorted.length;
    }

    /** @param fraction 0.99 for the 99th percentile; 1 for the longest */
    public long percentile(double fraction) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(fraction * sorted.length) - 1)];
    }
}
