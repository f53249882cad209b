package io.wavegate.load.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges all that was seen of one wavelet by its host's history in the end. */
final class FinalJudgement {
    private final WaveletRecord seen;
    private final FinalHistory history;
    private final List<Violation> violations;
    private final Map<Long, FinalDelta> byStart = new HashMap<>();
    private final Map<Long, String> hashes = new HashMap<>();
    private final Map<String, FinalDelta> byBytes = new HashMap<>();

    FinalJudgement(WaveletRecord seen, FinalHistory history, List<Violation> violations) {
        this.seen = seen;
        this.history = history;
        this.violations = violations;
    }

    void judge() {
        contents();
        seen.deltas().values().forEach(this::isThere);
        seen.hashes().values().forEach(this::hashIsThere);
        seen.submits().values().forEach(this::answerIsThere);
        realTime();
        seen.firstTold().keySet().forEach(this::isolated);
    }

    // Contiguous, and each signed delta once.
    private void contents() {
        long at = 0;
        for (FinalDelta delta : history.deltas()) {
            if (delta.from() != at || delta.version() <= at) {
                violated(Statement.VALIDITY, "the history has a gap or an overlap before " + delta);
            }
            if (delta.target() > delta.from()) {
                violated(Statement.VALIDITY, "a delta applied before the version that it was made against: " + delta);
            }
            String there = hashes.get(delta.target());
            if (there != null && !delta.targetHash().isEmpty() && !there.equals(delta.targetHash())) {
                violated(Statement.VALIDITY, "a delta was made against another history: " + delta);
            }
            at = delta.version();
            byStart.put(delta.from(), delta);
            hashes.put(delta.version(), delta.hash());
            FinalDelta twin = byBytes.putIfAbsent(delta.bytesId(), delta);
            if (twin != null) {
                violated(Statement.AT_MOST_ONCE, "one signed delta applied twice: " + twin + " and " + delta);
            }
        }
    }

    private void isThere(Observation told) {
        FinalDelta there = byStart.get(told.from());
        if (there == null
                || there.version() != told.version()
                || !there.bytesId().equals(told.bytesId())) {
            violated(Statement.DURABILITY, "what was seen is not in the history: " + told + "; there is " + there);
        }
    }

    private void hashIsThere(Observation told) {
        String hash = hashes.get(told.version());
        if (told.version() > 0 && !told.hash().equals(hash)) {
            violated(
                    hash == null ? Statement.DURABILITY : Statement.HASH_AGREEMENT,
                    "a version was seen that the history does not have: " + told + "; there is hash " + hash);
        }
    }

    private void answerIsThere(WaveletRecord.Submitted submit) {
        FinalDelta there = byBytes.get(submit.first.bytesId());
        if (submit.refused && there != null) {
            violated(Statement.DURABILITY, "a delta was refused for good and is there: " + submit.first + ", " + there);
        }
        if (!submit.refused && submit.answers.isEmpty()) {
            violated(Statement.CONVERGENCE, "a submit never got its answer: " + submit.first);
        }
        for (Observation answer : submit.answers) {
            if (there == null || there.version() != answer.version()) {
                violated(
                        Statement.DURABILITY,
                        "an acknowledged delta is not where it was said: " + answer + "; " + there);
            }
        }
    }

    // If A was answered before B was sent, A precedes B. Sweeps over both orders once.
    private void realTime() {
        List<Observation> answered = new ArrayList<>();
        List<WaveletRecord.Submitted> sent = new ArrayList<>();
        for (WaveletRecord.Submitted submit : seen.submits().values()) {
            if (!submit.answers.isEmpty()) {
                answered.add(submit.answers.get(0));
                sent.add(submit);
            }
        }
        answered.sort(Comparator.comparingLong(Observation::received));
        sent.sort(Comparator.comparingLong(submit -> submit.first.sent()));
        Optional<Observation> highest = Optional.empty();
        int next = 0;
        for (WaveletRecord.Submitted later : sent) {
            while (next < answered.size() && answered.get(next).received() < later.first.sent()) {
                Observation one = answered.get(next++);
                if (highest.isEmpty() || highest.get().version() < one.version()) {
                    highest = Optional.of(one);
                }
            }
            Observation answer = later.answers.get(0);
            if (highest.isPresent() && highest.get().version() >= answer.version()) {
                violated(
                        Statement.TOTAL_ORDER,
                        "acknowledged before the other was sent, and yet behind it: " + highest.get() + "; " + answer);
            }
        }
    }

    // A domain may know of all up to its last participant's removal, and of nothing if it never had one.
    private void isolated(String domain) {
        if (domain.equals(history.domain())) {
            return;
        }
        long until = -1;
        boolean member = false;
        for (FinalDelta delta : history.deltas()) {
            boolean now = delta.participants().contains(domain);
            if (member || now) {
                until = delta.from();
            }
            member = now;
        }
        long last = seen.lastTold().getOrDefault(domain, -1L);
        if (last > until) {
            violated(
                    Statement.ISOLATION,
                    domain + " was sent the delta at v" + last + " and was on the wavelet "
                            + (until < 0 ? "never" : "until the delta at v" + until) + "; first sent: "
                            + seen.firstTold().get(domain));
        }
    }

    private void violated(Statement statement, String text) {
        violations.add(new Violation(statement, history.wavelet(), text));
    }
}
