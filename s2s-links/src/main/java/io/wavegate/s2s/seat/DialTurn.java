package io.wavegate.s2s.seat;

import java.util.List;

/**
 * Whose turn it is to be connected as a component of another server: one node of a cluster, since a second connection under the
 * name would end the first or be refused. Whoever has the turn keeps it until it goes, or until its efforts were in vain for
 * long and there is another one; then it is the oldest node's that is not resting.
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
        END,
        /** It ends its efforts, and rests: it is no candidate for a while. */
        PASS,
        /** It is a candidate again. */
        RETURN
    }

    /**
     * Decides for one node, by what it knows at this moment.
     *
     * @param self the node
     * @param effort how it fares
     * @param candidates those that can connect, the oldest first
     * @param holders those that do, the oldest first
     * @param complete whether these lists can be believed to be whole
     */
    public static <N> Step next(
            N self, DialEffort.State effort, List<N> candidates, List<N> holders, boolean complete) {
        boolean alone = candidates.stream().allMatch(self::equals);
        if (holders.contains(self)) {
            if (!holders.get(0).equals(self)) {
                return Step.END;
            }
            return effort == DialEffort.State.IN_VAIN && !alone ? Step.PASS : Step.STAY;
        }
        if (effort == DialEffort.State.RESTED || (effort == DialEffort.State.RESTING && alone && complete)) {
            return Step.RETURN;
        }
        boolean mine = effort != DialEffort.State.RESTING
                && holders.isEmpty()
                && !candidates.isEmpty()
                && candidates.get(0).equals(self);
        return mine && complete ? Step.BEGIN : Step.STAY;
    }
}
