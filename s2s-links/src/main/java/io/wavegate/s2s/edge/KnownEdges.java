package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The edges that the entity of a link knows, which of them have answered, and under which number it speaks to them.
 *
 * @param <E> names an edge
 */
final class KnownEdges<E> {
    private final LinkTimes times;
    private final long beganMillis;
    private final Map<E, Known> byEdge = new LinkedHashMap<>();
    private Optional<E> local = Optional.empty();
    private boolean listed;
    private boolean settled;
    private long incarnation;

    private static final class Known {
        long askedMillis;
        boolean answered;
        boolean leaving;
        boolean reachable = true;
        boolean unasked = true;
        boolean givenUp;

        boolean isAwaited() {
            return !answered && !givenUp;
        }
    }

    KnownEdges(long incarnation, LinkTimes times, long nowMillis) {
        this.incarnation = incarnation;
        this.times = times;
        this.beganMillis = nowMillis;
    }

    long incarnation() {
        return incarnation;
    }

    /** @return those that are new or reachable again, which are to be asked */
    List<E> listed(Set<E> all, Set<E> reachable, Optional<E> here, boolean complete, long nowMillis) {
        listed = complete;
        local = here;
        List<E> ask = new ArrayList<>();
        for (E edge : all) {
            Known known = byEdge.computeIfAbsent(edge, missing -> new Known());
            known.reachable = reachable.contains(edge);
            if (known.unasked || (known.givenUp && known.reachable)) {
                known.unasked = false;
                known.givenUp = false;
                known.askedMillis = nowMillis;
                ask.add(edge);
            }
        }
        return ask;
    }

    /**
     * Those that have just become unreachable, if there is another one to go to. What they have is not waited for; should they
     * come back, they are asked for it as if they were new.
     */
    List<E> giveUp() {
        List<E> givenUp = new ArrayList<>();
        if (isAnyStaying()) {
            byEdge.forEach((edge, known) -> {
                if (!known.reachable && !known.givenUp) {
                    known.givenUp = true;
                    known.answered = false;
                    givenUp.add(edge);
                }
            });
        }
        return givenUp;
    }

    void lost(E edge) {
        byEdge.remove(edge);
        local = local.filter(here -> !here.equals(edge));
    }

    void attached(E edge, boolean leaving) {
        Known known = byEdge.get(edge);
        if (known != null) {
            known.answered = true;
            known.leaving |= leaving;
        }
    }

    /**
     * An edge knows a newer incarnation. Whoever has just begun cannot be the older one: the clock of another node was ahead,
     * and it takes a higher number. Whoever has been at work for long is what an edge says it is.
     *
     * @return whether all edges are to be asked again, under a new number
     */
    boolean outdated(long newest, long nowMillis) {
        boolean beginning = !isSettled(nowMillis) && newest >= incarnation;
        if (beginning) {
            incarnation = newest + 1;
            byEdge.values().forEach(known -> known.askedMillis = nowMillis);
        }
        return beginning;
    }

    /** Those that did not answer for long, which are to be asked again. */
    List<E> silent(long nowMillis) {
        List<E> silent = new ArrayList<>();
        byEdge.forEach((edge, known) -> {
            if (known.isAwaited() && known.askedMillis + times.resendMillis() <= nowMillis) {
                known.askedMillis = nowMillis;
                silent.add(edge);
            }
        });
        return silent;
    }

    /** Once each edge has said which streams it has, or had time enough, it stays so. */
    boolean isSettled(long nowMillis) {
        boolean answered =
                listed && !byEdge.isEmpty() && byEdge.values().stream().noneMatch(Known::isAwaited);
        settled |= answered || nowMillis >= beganMillis + times.findMillis();
        return settled;
    }

    /** Whether there is an edge to go to from one that leaves. */
    boolean isAnyStaying() {
        return byEdge.values().stream().anyMatch(known -> known.reachable && !known.leaving);
    }

    List<E> leaving() {
        List<E> leaving = new ArrayList<>();
        byEdge.forEach((edge, known) -> {
            if (known.leaving) {
                leaving.add(edge);
            }
        });
        return leaving;
    }

    boolean isHere(E edge) {
        return local.filter(edge::equals).isPresent();
    }

    Collection<E> all() {
        return List.copyOf(byEdge.keySet());
    }

    /** Where to open a stream: here if that can be, and only if there is nothing better at an edge that leaves. */
    Optional<E> choose(DomainPair pair) {
        List<E> staying = new ArrayList<>();
        List<E> others = new ArrayList<>();
        byEdge.forEach((edge, known) -> (known.reachable && !known.leaving ? staying : others).add(edge));
        Optional<E> here = local.filter(staying::contains);
        return here.isPresent() ? here : EdgeChoice.of(pair, staying.isEmpty() ? others : staying);
    }

    long nextWakeMillis() {
        long next = settled ? Long.MAX_VALUE : beganMillis + times.findMillis();
        for (Known known : byEdge.values()) {
            if (known.isAwaited()) {
                next = Math.min(next, known.askedMillis + times.resendMillis());
            }
        }
        return next;
    }
}
