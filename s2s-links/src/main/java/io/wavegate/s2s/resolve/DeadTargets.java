package io.wavegate.s2s.resolve;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hosts and ports that could not be connected to a moment ago, whatever domain led there. RFC 2782 wants the first target
 * that can be reached: one that was just seen not to be is tried after the others. So a domain, its {@code wave.} name and
 * everybody else on the same host pay for a hanging server once, not each time. Bounded, oldest out first. Not for use by
 * several threads at once.
 */
public final class DeadTargets {
    private final Duration avoidedFor;
    private final int size;
    private final LinkedHashMap<Place, Instant> until = new LinkedHashMap<>();

    private record Place(String host, int port) {
        private static Place of(Target target) {
            return new Place(target.host(), target.port());
        }
    }

    public DeadTargets(ResolveSettings settings) {
        avoidedFor = settings.avoidDeadFor();
        size = settings.cacheSize();
    }

    /** What became of trying it. */
    public void tried(Target target, boolean reached, Instant now) {
        Place place = Place.of(target);
        until.remove(place);
        if (!reached && !avoidedFor.isZero()) {
            until.put(place, now.plus(avoidedFor));
            if (until.size() > size) {
                Iterator<Map.Entry<Place, Instant>> oldest = until.entrySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** Whether others are to be tried first. */
    public boolean contains(Target target, Instant now) {
        Instant end = until.get(Place.of(target));
        return end != null && now.isBefore(end);
    }

    /** Forgets all. */
    public void clear() {
        until.clear();
    }
}
