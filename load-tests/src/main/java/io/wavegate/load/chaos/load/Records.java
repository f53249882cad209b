package io.wavegate.load.chaos.load;

import io.wavegate.load.check.Kind;
import io.wavegate.load.check.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What everybody saw, as it comes in from many threads. */
public final class Records {
    private final Map<Mark, Typed> marks = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Observation> observations = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
    private final LongAdder deltas = new LongAdder();

    void typed(Mark mark, Typed typed) {
        marks.put(mark, typed);
    }

    void acknowledged(Mark mark, long now) {
        Typed typed = marks.get(mark);
        if (typed != null) {
            typed.acknowledge(now);
        }
    }

    void delivered(Mark mark, long now) {
        Typed typed = marks.get(mark);
        if (typed != null) {
            typed.deliver(now);
        }
    }

    void observe(Observation seen) {
        if (seen.kind() == Kind.ACKNOWLEDGED) {
            deltas.increment();
        }
        observations.add(seen);
    }

    void refused(String what) {
        refusals.add(what);
    }

    /** All marks of this load. */
    public Map<Mark, Typed> marks() {
        return marks;
    }

    /** Deltas that were acknowledged since the start; one may hold several marks. */
    public long deltas() {
        return deltas.sum();
    }

    /** Answers that no author should have got. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** What was seen since the last call. */
    public List<Observation> takeObservations() {
        List<Observation> taken = new ArrayList<>();
        for (Observation seen = observations.poll(); seen != null; seen = observations.poll()) {
            taken.add(seen);
        }
        return taken;
    }

    /** Forgets the marks, for the next scenario. Observations stay: they must fit to all that is seen later. */
    public void nextScenario() {
        marks.clear();
        refusals.clear();
    }
}
