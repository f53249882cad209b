package io.wavegate.s2s.seat;

import java.util.List;

/**
 * Whose turn it is to be connected as a component of another server: one node of a cluster, since a second connection under the
 * name would end the first or be refused. Whoever has the turn keeps it until it goes; then it is the oldest node's.
 */
public final class DialTurn {
    private DialTurn() {}

    /** What a node does. */
    public enum Step {
        /** It goes on as it is. */
        STAY,
        /** It connects. */
        BEGIN,
        /** It ends its connections: an older node has the turn too. */
        END
    }

    /**
     * Decides for one node, by what it knows at this moment.
     *
     * @param self the node
     * @param candidates those that can connect, the oldest first
     * @param holders those that do, the oldest first
     * @param complete whether these lists can be believed to be whole
     */
    public static <N> Step next(N self, List<N> candidates, List<N> holders, boolean complete) {
        if (holders.contains(self)) {
            return holders.get(0).equals(self) ? Step.STAY : Step.END;
        }
        boolean mine =
                holders.isEmpty() && !candidates.isEmpty() && candidates.get(0).equals(self);
        return mine && complete ? Step.BEGIN : Step.STAY;
    }
}
