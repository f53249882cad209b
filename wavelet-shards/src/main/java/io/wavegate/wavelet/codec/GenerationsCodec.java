package io.wavegate.wavelet.codec;

import io.wavegate.persistence.schema.ReplicaGenerations;
import io.wavegate.wavelet.model.Generations;
import io.wavegate.wavelet.model.HashedVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Generations of replicas as they are stored. */
public final class GenerationsCodec {
    private GenerationsCodec() {}

    /** As stored. */
    public static ReplicaGenerations toStored(Generations generations) {
        ReplicaGenerations.Builder stored = ReplicaGenerations.newBuilder()
                .setCurrent(generations.current())
                .setNext(generations.next())
                .addAllDiscarded(generations.discarded())
                .setLastBegunMillis(generations.lastBegunMillis());
        generations
                .candidate()
                .ifPresent(candidate -> stored.setCandidate(ReplicaGenerations.Candidate.newBuilder()
                        .setGeneration(candidate.generation())
                        .setCommon(toStored(candidate.common()))
                        .setTarget(toStored(candidate.target()))));
        generations
                .replaced()
                .forEach(former -> stored.addReplaced(ReplicaGenerations.Replaced.newBuilder()
                        .setGeneration(former.generation())
                        .setCommonVersion(former.commonVersion())
                        .setHeadVersion(former.headVersion())
                        .setReplacedAtMillis(former.replacedAtMillis())));
        generations.earliestCommon().ifPresent(stored::setEarliestCommonVersion);
        return stored.build();
    }

    private static ReplicaGenerations.Boundary toStored(HashedVersion boundary) {
        return ReplicaGenerations.Boundary.newBuilder()
                .setVersion(boundary.version())
                .setHistoryHash(boundary.historyHash())
                .build();
    }

    /** Read back. */
    public static Generations fromStored(ReplicaGenerations stored) {
        List<Generations.Replaced> replaced = stored.getReplacedList().stream()
                .map(former -> new Generations.Replaced(
                        former.getGeneration(),
                        former.getCommonVersion(),
                        former.getHeadVersion(),
                        former.getReplacedAtMillis()))
                .toList();
        return new Generations(
                stored.getCurrent(),
                stored.getNext(),
                stored.hasCandidate() ? Optional.of(fromStored(stored.getCandidate())) : Optional.empty(),
                replaced,
                stored.getDiscardedList(),
                stored.hasEarliestCommonVersion()
                        ? OptionalLong.of(stored.getEarliestCommonVersion())
                        : OptionalLong.empty(),
                stored.getLastBegunMillis());
    }

    private static Generations.Candidate fromStored(ReplicaGenerations.Candidate candidate) {
        return new Generations.Candidate(
                candidate.getGeneration(), fromStored(candidate.getCommon()), fromStored(candidate.getTarget()));
    }

    private static HashedVersion fromStored(ReplicaGenerations.Boundary boundary) {
        return new HashedVersion(boundary.getVersion(), boundary.getHistoryHash());
    }
}
