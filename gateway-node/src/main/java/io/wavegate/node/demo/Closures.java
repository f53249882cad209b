package io.wavegate.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.config.FindingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each transaction of a trace was typed on top of: all of its author's own before it, and some of the other's. */
final class Closures {
    private final String thing;
    private final List<int[]> known = new ArrayList<>();
    private final int[] typed = new int[2];

    Closures(String thing) {
        this.thing = thing;
    }

    int people() {
        return typed[1] > 0 ? 2 : 1;
    }

    /**
     * Takes in the next transaction.
     *
     * @param parents indexes of transactions; without them the one before is meant
     * @return how many of the other's transactions it has seen
     */
    int seen(int person, @Nullable JsonNode parents) throws FindingException {
        if (person < 0 || person > 1) {
            throw refuse("has more than two people");
        }
        int[] before = new int[2];
        if (parents == null) {
            before = typed.clone();
        } else {
            for (JsonNode parent : parents) {
                int index = parent.asInt(-1);
                if (index < 0 || index >= known.size()) {
                    throw refuse("has a transaction on top of one that comes later");
                }
                before[0] = Math.max(before[0], known.get(index)[0]);
                before[1] = Math.max(before[1], known.get(index)[1]);
            }
        }
        if (before[person] != typed[person]) {
            throw refuse("has a person who forgets what he typed himself");
        }
        typed[person]++;
        before[person]++;
        known.add(before);
        return before[1 - person];
    }

    private FindingException refuse(String cause) {
        return new FindingException(
                thing + ", transaction " + known.size(),
                cause,
                "Choose a trace of one or two people typing in turn or at once");
    }
}
