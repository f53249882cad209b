package io.wavegate.wavelet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which streams hold the history of a replica. There is one, generation 0, until the wavelet's host has another history
 * than it had; that one is fetched into a stream of its own, the candidate, and takes the place of the current one when it
 * is complete. What it replaced is kept for a while, as evidence.
 *
 * @param current the generation that is served
 * @param next above every number that was ever given: names of streams are not used twice
 * @param candidate what is being fetched
 * @param replaced former generations that are kept, oldest first
 * @param discarded generations whose streams are to be removed
 * @param earliestCommon versions above it may be known to clients with a history that was replaced
 * @param lastBegunMillis when the last candidate was begun
 */
public record Generations(
        long current,
        long next,
        Optional<Candidate> candidate,
        List<Replaced> replaced,
        List<Long> discarded,
        OptionalLong earliestCommon,
        long lastBegunMillis) {
    /** Of a replica whose host has never replaced its history. */
    public static final Generations FIRST =
            new Generations(0, 1, Optional.empty(), List.of(), List.of(), OptionalLong.empty(), Long.MIN_VALUE);

    public Generations {
        replaced = List.copyOf(replaced);
        discarded = List.copyOf(discarded);
    }

    /**
     * A generation that is being fetched.
     *
     * @param common up to here it is as the current one
     * @param target complete when it reaches this boundary
     */
    public record Candidate(long generation, HashedVersion common, HashedVersion target) {}

    /**
     * A former generation.
     *
     * @param commonVersion the last version it shares with its successor
     */
    public record Replaced(long generation, long commonVersion, long headVersion, long replacedAtMillis) {}

    /** When the next candidate may be begun; a host that changes its history all the time must not keep us copying. */
    public long mayBeginAtMillis(long pauseMillis) {
        return lastBegunMillis == Long.MIN_VALUE ? Long.MIN_VALUE : lastBegunMillis + pauseMillis;
    }

    /** With a new candidate. There must be none. */
    public Generations begin(HashedVersion common, HashedVersion target, long nowMillis) {
        if (candidate.isPresent()) {
            throw new IllegalStateException("generation " + candidate.get().generation() + " is being fetched");
        }
        Candidate begun = new Candidate(next, common, target);
        return new Generations(current, next + 1, Optional.of(begun), replaced, discarded, earliestCommon, nowMillis);
    }

    /** The candidate is of no use. */
    public Generations abandon() {
        List<Long> more = new ArrayList<>(discarded);
        more.add(candidate.orElseThrow().generation());
        return new Generations(current, next, Optional.empty(), replaced, more, earliestCommon, lastBegunMillis);
    }

    /**
     * The candidate is the current one from now on.
     *
     * @param headVersion where the one that was current ends
     * @param kept how many former ones are kept; those before are discarded
     */
    public Generations complete(long headVersion, int kept, long nowMillis) {
        Candidate done = candidate.orElseThrow();
        long common = done.common().version();
        List<Replaced> all = new ArrayList<>(replaced);
        all.add(new Replaced(current, common, headVersion, nowMillis));
        int drop = Math.max(0, all.size() - kept);
        List<Long> more = new ArrayList<>(discarded);
        all.subList(0, drop).forEach(former -> more.add(former.generation()));
        return new Generations(
                done.generation(),
                next,
                Optional.empty(),
                all.subList(drop, all.size()),
                more,
                OptionalLong.of(Math.min(common, earliestCommon.orElse(common))),
                lastBegunMillis);
    }

    /** What was to be removed is. */
    public Generations swept() {
        return new Generations(current, next, candidate, replaced, List.of(), earliestCommon, lastBegunMillis);
    }

    /** True if a client may know this version with a history that was replaced. */
    public boolean wasReplacedAt(long version) {
        return earliestCommon.isPresent() && version > earliestCommon.getAsLong();
    }
}
