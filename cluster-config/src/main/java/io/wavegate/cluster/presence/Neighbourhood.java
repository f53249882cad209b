package io.wavegate.cluster.presence;

import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** What of Pekko's view of the cluster counts for signs of life. */
final class Neighbourhood {
    private static final Set<MemberStatus> STAYING =
            Set.of(MemberStatus.joining(), MemberStatus.weaklyUp(), MemberStatus.up());

    private final Cluster cluster;

    Neighbourhood(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
    }

    /** This node in its present life: its address and what Pekko tells lives at one address apart by. */
    String self() {
        return name(cluster.selfMember());
    }

    /** Its {@code host:port}. */
    String selfNode() {
        return node(cluster.selfMember().address());
    }

    MemberStatus status() {
        return cluster.selfMember().status();
    }

    /** Whether this node stands for its cluster: not any more once it was taken for dead or has handed over. */
    boolean isMember() {
        return STAYING.contains(status()) || status().equals(MemberStatus.leaving());
    }

    Membership membership() {
        CurrentClusterState state = cluster.state();
        Member self = cluster.selfMember();
        Set<String> names = new HashSet<>(Set.of(name(self)));
        Set<String> nodes = new HashSet<>(Set.of(node(self.address())));
        boolean isOldest = true;
        for (Member member : state.getMembers()) {
            names.add(name(member));
            nodes.add(node(member.address()));
            boolean serves = member.status().equals(MemberStatus.up())
                    && !state.getUnreachable().contains(member);
            isOldest &= !serves || !member.isOlderThan(self);
        }
        return new Membership(names, nodes, isOldest);
    }

    /** Whether this node goes and nobody stays. */
    boolean isLast() {
        CurrentClusterState state = cluster.state();
        Member self = cluster.selfMember();
        boolean ownEnd = !self.status().equals(MemberStatus.down());
        for (Member member : state.getMembers()) {
            boolean other = !member.uniqueAddress().equals(self.uniqueAddress());
            ownEnd &= !other || !STAYING.contains(member.status());
        }
        return ownEnd && state.getUnreachable().isEmpty();
    }

    private static String name(Member member) {
        return member.address() + "#" + member.uniqueAddress().longUid();
    }

    private static String node(Address address) {
        return address.getHost().orElse("") + ":" + address.getPort().orElse(0);
    }
}
