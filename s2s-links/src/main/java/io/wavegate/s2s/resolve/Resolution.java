package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;
import java.util.List;

/** What resolving a domain came to. */
public sealed interface Resolution {
    /**
     * Try these, each with all its addresses, in this order.
     *
     * @param targets at least one, each with at least one address
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
     *     when DNS did not say (try again later), {@link StreamEnd.Reason#POLICY_REFUSED} when only refused addresses
     *     were found; its text has the steps
     */
    record Failed(StreamEnd end) implements Resolution {}
}
