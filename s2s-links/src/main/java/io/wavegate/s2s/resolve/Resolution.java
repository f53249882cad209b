package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;
import java.util.List;

/** What looking for the servers of a domain came to. */
public sealed interface Resolution {
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
