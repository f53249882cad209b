package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What looking for the servers of a domain came to. */
public sealed interface Resolution {
    /** Said of a target that is tried after the others. */
    String AVOIDED = " comes after the others: nobody answered there a moment ago";

    /**
     * Try these, each with all its addresses, in this order.
     *
     * @param targets at least one
     * @param steps how they were found, a line each, for the operator; what was tried can be appended
     */
    record Targets(List<Target> targets, List<String> steps) implements Resolution {
        public Targets {
            targets = List.copyOf(targets);
            steps = List.copyOf(steps);
        }

        /** The same with those that fulfil the condition after the others; see {@link DeadTargets}. */
        Targets avoiding(Predicate<Target> avoided) {
            Map<Boolean, List<Target>> parts = targets.stream().collect(Collectors.partitioningBy(avoided));
            List<Target> last = parts.getOrDefault(true, List.of());
            if (last.isEmpty() || last.size() == targets.size()) {
                return this;
            }
            List<Target> ordered = new ArrayList<>(parts.getOrDefault(false, List.of()));
            List<String> told = new ArrayList<>(steps);
            for (Target target : last) {
                ordered.add(target);
                told.add(target.describe() + AVOIDED);
            }
            return new Targets(ordered, told);
        }
    }

    /**
     * There is nothing to connect to.
     *
     * @param end {@link StreamEnd.Reason#REMOTE_NOT_FOUND} when DNS says so, {@link StreamEnd.Reason#RESOLUTION_FAILED}
     *     when DNS did not say (try again later); its text has the steps
     * @param cause what is wrong
     * @param next what an operator can do about it
     */
    record Failed(StreamEnd end, String cause, String next) implements Resolution {
        /** Without more than the end itself says. */
        public Failed(StreamEnd end) {
            this(end, end.text(), "");
        }
    }
}
