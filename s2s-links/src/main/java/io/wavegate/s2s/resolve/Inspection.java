package io.wavegate.s2s.resolve;

import io.wavegate.s2s.api.ResolutionReport;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Resolution for looking at: the same decisions as a {@link Dial}, with the addresses of all targets and no connections.
 * Ask {@link #questions} and hand in the answers until there are none; then the {@link #report} is complete. A machine with
 * mutable state and one owner.
 */
public final class Inspection {
    private final String domain;
    private final ResolveSettings settings;
    private final TargetResolution resolution;
    private final Predicate<Target> avoided;
    private final Map<DnsQuestion, Answer> answers = new LinkedHashMap<>();
    private Optional<Resolution> found = Optional.empty();
    private List<DnsQuestion> open;

    /**
     * An answer.
     *
     * @param tookMillis how long it took
     */
    public record Answer(DnsAnswer answer, long tookMillis) {}

    /**
     * @param domain prepared (RFC 7622)
     * @param draw decides among equal priorities
     * @param avoided targets that come after the others; see {@link DeadTargets}
     */
    public Inspection(String domain, ResolveSettings settings, Draw draw, Predicate<Target> avoided) {
        this.domain = domain;
        this.avoided = avoided;
        this.settings = settings;
        resolution = TargetResolution.of(domain, settings, draw);
        open = resolution.questions();
        if (open.isEmpty()) {
            find();
        }
    }

    /** What to ask now, all at once; nothing when all is known. */
    public List<DnsQuestion> questions() {
        return open;
    }

    /** @param said one for each of {@link #questions} */
    public void answered(Map<DnsQuestion, Answer> said) {
        for (DnsQuestion question : open) {
            Answer answer = said.get(question);
            if (answer != null) {
                answers.put(question, answer);
            }
        }
        if (found.isPresent()) {
            open = List.of();
        } else {
            find();
        }
    }

    private void find() {
        Map<DnsQuestion, DnsAnswer> plain = new LinkedHashMap<>();
        answers.forEach((question, answer) -> plain.put(question, answer.answer()));
        Resolution result = resolution.answered(plain);
        Set<DnsQuestion> next = new LinkedHashSet<>();
        if (result instanceof Resolution.Targets targets) {
            result = targets.avoiding(avoided);
            targets.targets().forEach(target -> next.addAll(target.questions()));
        }
        found = Optional.of(result);
        open = List.copyOf(next);
    }

    /** What it came to. */
    public ResolutionReport report() {
        Resolution result = found.orElseThrow(() -> new IllegalStateException("there are questions open"));
        return new Reporting(domain, settings, resolution.questions(), answers, result).report();
    }
}
