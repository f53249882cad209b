package io.wavegate.s2s.entity;

import io.wavegate.s2s.edge.EdgeEffect;
import io.wavegate.s2s.edge.EdgeRegister;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.S2sStreams;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * How an edge leaves where there are others: it accepts nothing new, tells its links one after the other, waits until they use
 * other edges, then ends what peers have opened to it, and what they said is dealt with.
 *
 * <pre>
 *   TELLING ── all told ──► WAITING ── no stream of ours is left ──► DRAINING ── none of theirs either ──► left
 *      └───────────────────────┴────────── it takes too long ──────────┴──────────────────────────────────► left
 * </pre>
 *
 * @param <A> names an entity
 */
final class EdgeDeparture<A> {
    private static final Duration STEP = Duration.ofMillis(50);

    private final EdgeRegister<A> register;
    private final BooleanSupplier allHandled;
    private final S2sStreams streams;
    private final Deque<DomainPair> untold;
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private final int atOnce;
    private final long deadlineMillis;
    private boolean draining;
    private boolean left;

    /**
     * Begins.
     *
     * @param allHandled whether entities have dealt with all that came
     * @param nowMillis on the clock of {@link #goOn}
     */
    EdgeDeparture(
            EdgeRegister<A> register,
            BooleanSupplier allHandled,
            S2sStreams streams,
            EdgeSettings settings,
            long nowMillis) {
        this.register = register;
        this.allHandled = allHandled;
        this.streams = streams;
        register.leave();
        streams.stopAccepting();
        untold = new ArrayDeque<>(register.links());
        long steps = Math.max(1, settings.leaveSpread().dividedBy(STEP));
        atOnce = (int) Math.max(1, (untold.size() + steps - 1) / steps);
        deadlineMillis = nowMillis + settings.leaveWithin().toMillis();
    }

    /** Between two calls of {@link #goOn}. */
    static Duration step() {
        return STEP;
    }

    /** Completes it when the edge has left. */
    void whenLeft(CompletableFuture<Boolean> then) {
        if (left) {
            then.complete(true);
        } else {
            waiting.add(then);
        }
    }

    boolean isOver() {
        return left;
    }

    /** Goes on; what is to be told whom. */
    List<EdgeEffect<A>> goOn(long nowMillis) {
        List<EdgeEffect<A>> effects = new ArrayList<>();
        for (int i = 0; i < atOnce && !untold.isEmpty(); i++) {
            effects.addAll(register.leavingTo(untold.remove()));
        }
        if (!draining && untold.isEmpty() && !register.isInUse()) {
            draining = true;
            streams.closeAccepted(pair -> true);
        }
        boolean drained = draining && streams.accepted() == 0 && allHandled.getAsBoolean();
        if (drained || nowMillis >= deadlineMillis) {
            left = true;
            waiting.forEach(then -> then.complete(true));
        }
        return effects;
    }
}
