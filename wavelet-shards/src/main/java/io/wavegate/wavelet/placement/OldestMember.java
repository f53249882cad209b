package io.wavegate.wavelet.placement;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/** Finds the node that has run entities for longest. */
final class OldestMember {
    private static final String ENTITIES = "shard";

    private OldestMember() {}

    /** Empty while nobody is up. Where no member has the role, all run entities. */
    static Optional<Member> of(CurrentClusterState state) {
        List<Member> up = StreamSupport.stream(state.getMembers().spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .toList();
        boolean roles = up.stream().anyMatch(member -> member.hasRole(ENTITIES));
        Stream<Member> candidates = up.stream().filter(member -> !roles || member.hasRole(ENTITIES));
        return candidates.min((one, other) -> one.equals(other) ? 0 : one.isOlderThan(other) ? -1 : 1);
    }
}
