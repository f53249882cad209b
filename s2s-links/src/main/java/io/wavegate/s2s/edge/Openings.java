package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The streams that a link wants opened and has not got yet. Each is given to one edge; if that is lost, to another one, after
 * a moment, since all its links look for another one at once.
 *
 * @param <E> names an edge
 */
final class Openings<E> {
    static final StreamEnd NO_EDGE = new StreamEnd(
            StreamEnd.Reason.CONNECT_FAILED,
            "no node that opens streams can be reached; start one that has the role edge");

    private final LinkTimes times;
    private final RandomGenerator random;
    private final KnownEdges<E> edges;
    private final Map<DomainPair, Opening<E>> byPair = new HashMap<>();
    private long lastAttempt;
    private long holdUntilMillis;

    private static final class Opening<E> {
        final long wantedMillis;
        long attempt;
        Optional<E> edge = Optional.empty();
        long saidMillis;
        long lookedMillis;

        Opening(long wantedMillis) {
            this.wantedMillis = wantedMillis;
            this.lookedMillis = wantedMillis;
        }
    }

    /** Say this to that edge; if there is none, there is none to open streams. */
    record Step<E>(Optional<E> edge, ToEdge.Open open) {}

    Openings(LinkTimes times, RandomGenerator random, KnownEdges<E> edges) {
        this.times = times;
        this.random = random;
        this.edges = edges;
    }

    void add(DomainPair pair, long nowMillis) {
        byPair.putIfAbsent(pair, new Opening<>(nowMillis));
    }

    /** @return whether that ends an attempt of this incarnation */
    boolean finished(E edge, DomainPair pair, long attempt) {
        Opening<E> opening = byPair.get(pair);
        boolean ours = opening != null
                && opening.attempt == attempt
                && opening.edge.filter(edge::equals).isPresent();
        if (ours) {
            byPair.remove(pair);
        }
        return ours;
    }

    /** A stream was found. @return whether one was wanted and not asked for yet */
    boolean needless(DomainPair pair) {
        Opening<E> opening = byPair.get(pair);
        boolean needless = opening != null && opening.edge.isEmpty();
        if (needless) {
            byPair.remove(pair);
        }
        return needless;
    }

    void lost(E edge, long nowMillis) {
        if (times.spreadMillis() > 0) {
            holdUntilMillis = nowMillis + random.nextLong(times.spreadMillis());
        }
        for (Opening<E> opening : byPair.values()) {
            if (opening.edge.filter(edge::equals).isPresent()) {
                opening.edge = Optional.empty();
            }
        }
    }

    /** What is to be said to whom now. */
    List<Step<E>> advance(long nowMillis) {
        List<Step<E>> steps = new ArrayList<>();
        for (Iterator<Map.Entry<DomainPair, Opening<E>>> all = byPair.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<DomainPair, Opening<E>> entry = all.next();
            DomainPair pair = entry.getKey();
            Opening<E> opening = entry.getValue();
            opening.lookedMillis = nowMillis;
            boolean place = opening.edge.isEmpty() && nowMillis >= holdUntilMillis;
            if (place) {
                opening.edge = edges.choose(pair);
                opening.attempt = opening.edge.isPresent() ? ++lastAttempt : 0;
            }
            boolean again = !place && opening.edge.isPresent() && sayAtMillis(opening) <= nowMillis;
            if (opening.edge.isPresent() && (place || again)) {
                opening.saidMillis = nowMillis;
                steps.add(new Step<>(opening.edge, new ToEdge.Open(pair, opening.attempt)));
            } else if (opening.edge.isEmpty() && opening.wantedMillis + times.openMillis() <= nowMillis) {
                all.remove();
                steps.add(new Step<>(Optional.empty(), new ToEdge.Open(pair, 0)));
            }
        }
        return steps;
    }

    private long sayAtMillis(Opening<E> opening) {
        return opening.saidMillis + 5 * times.resendMillis();
    }

    private long lookAtMillis(Opening<E> opening) {
        boolean held = holdUntilMillis > opening.lookedMillis;
        return held ? holdUntilMillis : opening.wantedMillis + times.openMillis();
    }

    long nextWakeMillis() {
        long next = Long.MAX_VALUE;
        for (Opening<E> opening : byPair.values()) {
            next = Math.min(next, opening.edge.isPresent() ? sayAtMillis(opening) : lookAtMillis(opening));
        }
        return next;
    }

    boolean isEmpty() {
        return byPair.isEmpty();
    }
}
