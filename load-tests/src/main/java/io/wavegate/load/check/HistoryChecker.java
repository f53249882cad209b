package io.wavegate.load.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a run. Give it every observation, in the order of their {@code received} where a store's are among them, then
 * what is left in the end. Not safe for more than one thread.
 *
 * <p>What contradicts what was seen before is found at once; what needs the whole history, in {@link #finish}. What
 * transformation made of each delta is not judged here: hashes cover what was signed, not what came of it. Where the stored
 * deltas are at hand, {@link io.wavegate.load.rederive.Rederivation} does that.
 */
public final class HistoryChecker {
    private static final int MAX_VIOLATIONS = 100;

    private final Map<String, WaveletRecord> wavelets = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long observations;

    /** Somebody saw something. */
    public void observe(Observation seen) {
        observations++;
        if (violations.size() < MAX_VIOLATIONS) {
            wavelets.computeIfAbsent(seen.wavelet(), name -> new WaveletRecord(name, violations))
                    .observe(seen);
        }
    }

    /** How much was seen. */
    public long observations() {
        return observations;
    }

    /** What was found so far; at most about a hundred. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** Notes something that was found elsewhere. */
    public void violated(Violation violation) {
        violations.add(violation);
    }

    /**
     * Faults have stopped, and the bound for settling is over.
     *
     * @param histories the history of every wavelet at its host, and at every domain that has one
     * @return all that was found
     */
    public List<Violation> finish(Collection<FinalHistory> histories) {
        Map<String, FinalHistory> hosted = new LinkedHashMap<>();
        histories.stream().filter(FinalHistory::host).forEach(history -> hosted.put(history.wavelet(), history));
        wavelets.forEach((name, seen) -> {
            FinalHistory history =
                    Optional.ofNullable(hosted.get(name)).orElseGet(() -> new FinalHistory("", name, true, List.of()));
            new FinalJudgement(seen, history, violations).judge();
        });
        for (FinalHistory replica : histories) {
            FinalHistory host = hosted.get(replica.wavelet());
            if (!replica.host() && host != null) {
                new ReplicaJudgement(host, violations).judge(replica);
            }
        }
        hosted.values().forEach(history -> new ReplicaJudgement(history, violations).judgeMissing(histories));
        return violations();
    }
}
