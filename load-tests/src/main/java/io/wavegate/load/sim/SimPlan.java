package io.wavegate.load.sim;

import java.util.SplittableRandom;

/**
 * What a seed makes of a run.
 *
 * @param weather which faults there are
 * @param domains how many domains of ours
 * @param nodes how many nodes each has
 * @param wavelets how many wavelets there are in all
 * @param edits how many edits the clients make together
 * @param paceMicros how long a client thinks between two
 * @param variant which settings
 * @param quietEnd whether in the end the hosts' users go home while other domains are out of reach, and all nodes start again
 * @param hostile whether a domain tries what it must not
 */
record SimPlan(
        Weather weather,
        int domains,
        int nodes,
        int wavelets,
        int edits,
        long paceMicros,
        int variant,
        boolean quietEnd,
        boolean hostile) {

    /** Which faults there are. */
    enum Weather {
        /** Shards move, and what is sent meanwhile may be lost; nothing else. */
        HAND_OVER,
        /** Nodes die, start again, hang, are cut off, and shards move. */
        NODES,
        /** The store fails in every way. */
        STORE,
        /** What is between domains fails in every way. */
        NETWORK,
        /** Everything. */
        ALL
    }

    static SimPlan of(long seed, int variants) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        Weather weather = Weather.values()[random.nextInt(Weather.values().length)];
        return new SimPlan(
                weather,
                1 + random.nextInt(3),
                weather == Weather.HAND_OVER ? 2 + random.nextInt(2) : 1 + random.nextInt(3),
                1 + random.nextInt(3),
                600 + random.nextInt(801),
                20_000 + random.nextInt(200_000),
                random.nextInt(variants),
                weather != Weather.HAND_OVER && random.nextInt(3) == 0,
                random.nextInt(4) == 0);
    }

    SimPlan withEdits(int other) {
        return new SimPlan(weather, domains, nodes, wavelets, other, paceMicros, variant, quietEnd, hostile);
    }
}
