package io.wavegate.cluster.members;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What operators can do to a cluster from one of its nodes. */
public interface ClusterOperations {
    /** All members, oldest first. Kinds of entities whose coordinator does not answer in time are left out. */
    CompletionStage<List<MemberView>> members();

    /**
     * Has a member leave in order: it hands over what it runs, then its process ends.
     *
     * @param node {@code host:port}
     * @return false: there is no such member
     */
    boolean leave(String node);

    /**
     * Declares a member dead, so that what it ran starts elsewhere. One that lives after all finds out and ends.
     *
     * @param node {@code host:port}
     * @return false: there is no such member
     */
    boolean down(String node);
}
