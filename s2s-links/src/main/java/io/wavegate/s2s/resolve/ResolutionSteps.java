package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was asked and answered on the way, for the operator. Immutable.
 *
 * @param domain what is resolved
 * @param lines one for each step
 */
record ResolutionSteps(String domain, List<String> lines) {
    /** Records shown of one answer. */
    private static final long SHOWN = 20;

    ResolutionSteps {
        lines = List.copyOf(lines);
    }

    ResolutionSteps(String domain) {
        this(domain, List.of());
    }

    ResolutionSteps with(String line) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(line);
        return new ResolutionSteps(domain, longer);
    }

    ResolutionSteps with(DnsQuestion question, @Nullable DnsAnswer answer) {
        return with(question + ": " + describe(answer));
    }

    private static String describe(@Nullable DnsAnswer answer) {
        if (answer instanceof DnsAnswer.Found found) {
            String shown = found.records().stream()
                    .limit(SHOWN)
                    .map(DnsRecord::toString)
                    .collect(Collectors.joining(", "));
            long more = found.records().size() - SHOWN;
            String aliases = found.aliases().isEmpty() ? "" : "alias of " + String.join(", ", found.aliases()) + ": ";
            return aliases + (more > 0 ? shown + " and " + more + " more" : shown);
        }
        if (answer instanceof DnsAnswer.None none) {
            return none.nameExists() ? "no such record" : "no such name";
        }
        return answer instanceof DnsAnswer.Failure failure ? failure.why() : "not answered";
    }

    Resolution found(List<Target> targets) {
        return new Resolution.Targets(targets, lines);
    }

    Resolution.Failed failed(StreamEnd.Reason reason, String cause, String next) {
        String text = domain + " cannot be reached: " + cause + "; " + next + ". Steps: " + String.join("; ", lines);
        return new Resolution.Failed(new StreamEnd(reason, text), cause, next);
    }
}
