package io.wavegate.load.chaos.load;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The marks that waited longest, each with the moment at which it was to be typed: where to look in the logs. */
public final class Slowest {
    private static final long WORTH_TELLING = 1_000_000_000L;

    private Slowest() {}

    /** At most so many lines, of different users. */
    public static List<String> of(Map<Mark, Typed> marks, int atMost) {
        Map<String, Map.Entry<Mark, Typed>> ofUsers = new HashMap<>();
        Comparator<Map.Entry<Mark, Typed>> byWait = Comparator.comparingLong(entry -> waited(entry.getValue()));
        marks.entrySet()
                .forEach(entry -> ofUsers.merge(
                        entry.getKey().author(), entry, (one, other) -> byWait.compare(one, other) < 0 ? other : one));
        return ofUsers.values().stream()
                .filter(entry -> waited(entry.getValue()) > WORTH_TELLING)
                .sorted(byWait.reversed())
                .limit(atMost)
                .map(entry -> text(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static long waited(Typed typed) {
        return (typed.delivered() == 0 ? System.nanoTime() : typed.delivered()) - typed.intended();
    }

    private static String text(Mark mark, Typed typed) {
        Instant due = Instant.now().minusNanos(System.nanoTime() - typed.intended());
        return mark.text() + " of " + typed.pair().name() + ", typed by the "
                + (typed.byHost() ? "host" : "guest") + " at " + due + ", "
                + (typed.pair().hostedNear() ? "hosted near" : "hosted far") + ": durable after "
                + millis(typed.acknowledged(), typed) + ", seen by the other after " + millis(typed.delivered(), typed);
    }

    private static String millis(long when, Typed typed) {
        return when == 0 ? "never" : (when - typed.intended()) / 1_000_000 + " ms";
    }
}
