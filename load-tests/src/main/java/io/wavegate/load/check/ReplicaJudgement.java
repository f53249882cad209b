package io.wavegate.load.check;

import java.util.Collection;
import java.util.List;

/** Judges replicas of one wavelet by its host's history when faults have stopped long enough ago. */
final class ReplicaJudgement {
    private final FinalHistory host;
    private final List<Violation> violations;

    ReplicaJudgement(FinalHistory host, List<Violation> violations) {
        this.host = host;
        this.violations = violations;
    }

    void judge(FinalHistory replica) {
        int common = Math.min(host.deltas().size(), replica.deltas().size());
        for (int i = 0; i < common; i++) {
            FinalDelta theirs = host.deltas().get(i);
            FinalDelta ours = replica.deltas().get(i);
            if (theirs.version() != ours.version() || !theirs.hash().equals(ours.hash())) {
                violated(
                        Statement.HASH_AGREEMENT,
                        "the replica of " + replica.domain() + " has " + ours + " where the host has " + theirs);
                return;
            }
        }
        if (replica.head() > host.head()) {
            violated(
                    Statement.DURABILITY,
                    "the replica of " + replica.domain() + " is at v" + replica.head() + ", ahead of the host's v"
                            + host.head());
        } else if (replica.head() < host.head() && isOn(replica.domain())) {
            violated(
                    Statement.CONVERGENCE,
                    "the replica of " + replica.domain() + " stands at v" + replica.head() + " of v" + host.head());
        }
    }

    /** Domains that should have a replica and have none. */
    void judgeMissing(Collection<FinalHistory> all) {
        if (host.deltas().isEmpty()) {
            return;
        }
        for (String domain : last().participants()) {
            boolean there = all.stream()
                    .anyMatch(history ->
                            history.domain().equals(domain) && history.wavelet().equals(host.wavelet()));
            if (!there) {
                violated(Statement.CONVERGENCE, domain + " is on the wavelet and has nothing of it");
            }
        }
    }

    private boolean isOn(String domain) {
        return last().participants().contains(domain);
    }

    private FinalDelta last() {
        return host.deltas().get(host.deltas().size() - 1);
    }

    private void violated(Statement statement, String text) {
        violations.add(new Violation(statement, host.wavelet(), text));
    }
}
