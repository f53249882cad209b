package io.wavegate.wavelet.document;

import static io.wavegate.wavelet.document.InvalidOperationException.Reason;

import io.wavegate.wavelet.model.Attributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What annotations may cost. A few hundred kilobytes that set five thousand keys over twenty thousand places, no two of which
 * are annotated alike, would give each place annotations of its own and fill gigabytes. Everything is counted from what the
 * operation and the document say, never from how they lie in memory, so that host and replicas come to the same.
 */
final class AnnotationCost {
    /** Keys compared or written by one operation. */
    static final long MOST_STEPS = 10_000_000;

    /** Keys of a document, counted once for each stretch of items that are annotated alike. */
    static final long MOST_HELD = 4_000_000;

    /** Below this an operation makes too little for the document to be counted; above it the count costs little beside it. */
    private static final long FREE_STEPS = 1_000;

    private static final int LENGTH_PER_FREE_STEP = 64;

    private final IntSupplier component;
    private final boolean bounded;
    private final Map<Attributes, Attributes> made = new HashMap<>();
    private long steps;

    /**
     * @param component the one being applied, for the reason
     * @param bounded false for content that was accepted once
     */
    AnnotationCost(IntSupplier component, boolean bounded) {
        this.component = component;
        this.bounded = bounded;
    }

    /** Before the cost is paid. */
    void spend(long more) {
        steps += more;
        if (bounded && steps > MOST_STEPS) {
            throw tooMany();
        }
    }

    /** One object for all that is alike. */
    Attributes shared(Attributes result) {
        Attributes before = made.putIfAbsent(result, result);
        return before == null ? result : before;
    }

    /** Of the whole result. */
    void check(Tree result) {
        if (!bounded || steps <= FREE_STEPS + result.length() / LENGTH_PER_FREE_STEP) {
            return;
        }
        long[] held = {0};
        Attributes[] last = {Attributes.NONE};
        Tree.read(result, 0, result.length(), run -> {
            Attributes next = run.annotations();
            if (held[0] <= MOST_HELD && next != last[0] && !next.equals(last[0])) {
                held[0] += next.size();
                last[0] = next;
            }
        });
        if (held[0] > MOST_HELD) {
            throw tooMany();
        }
    }

    private InvalidOperationException tooMany() {
        return new InvalidOperationException(Reason.TOO_MANY_ANNOTATIONS, component.getAsInt());
    }
}
