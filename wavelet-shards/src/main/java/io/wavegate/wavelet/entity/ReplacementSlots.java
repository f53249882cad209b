package io.wavegate.wavelet.entity;

import java.util.HashMap;
import java.util.Map;

/**
 * How many histories a node replaces at the same time. One domain has half of the places at most, so that a host of many
 * wavelets, or one that never comes to an end, leaves some to the others. Safe for many threads.
 */
final class ReplacementSlots {
    private final int max;
    private final int maxOfOne;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    ReplacementSlots(int max) {
        this.max = max;
        this.maxOfOne = Math.max(1, max / 2);
    }

    /** False if there is no place, or none for this domain. */
    synchronized boolean take(String remoteDomain) {
        int ofOne = taken.getOrDefault(remoteDomain, 0);
        if (all >= max || ofOne >= maxOfOne) {
            return false;
        }
        all++;
        taken.put(remoteDomain, ofOne + 1);
        return true;
    }

    synchronized void give(String remoteDomain) {
        all--;
        taken.computeIfPresent(remoteDomain, (domain, count) -> count == 1 ? null : count - 1);
    }
}
