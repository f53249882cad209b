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
 * @param end how the edits end
 * @param hostile whether a domain tries what it must not
 * @param edges whose sockets links use
 */
record SimPlan(
        Weather weather,
        int domains,
        int nodes,
        int wavelets,
        int edits,
        long paceMicros,
        int variant,
        End end,
        boolean hostile,
        Edges edges) {

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

    /** Whose sockets links use. */
    enum Edges {
        /** Those of the node that they are on. */
        OWN,
        /** Those of all nodes. */
        SHARED,
        /** The first node has sockets and no entities, the others entities and no sockets. */
        APART
    }

    /** What happens after the last edits. */
    enum End {
        /** Faults stop. */
        AT_ONCE,
        /** The hosts' users go home while other domains are out of reach, and all nodes start again. */
        QUIET,
        /** The same, and of other domains nobody has edited for a while: only what hosts keep durably tells them. */
        SILENT,
        /** The store of one domain fails while hosts tell it of the last edits, and all its nodes die. */
        STRICKEN
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
                end(weather, random),
                random.nextInt(4) == 0,
                Edges.OWN);
    }

    private static End end(Weather weather, SplittableRandom random) {
        if (weather == Weather.HAND_OVER) {
            return End.AT_ONCE;
        }
        return switch (random.nextInt(3)) {
            case 0 -> random.nextBoolean() ? End.QUIET : End.SILENT;
            case 1 -> End.STRICKEN;
            default -> End.AT_ONCE;
        };
    }

    SimPlan withEdits(int other) {
        return new SimPlan(weather, domains, nodes, wavelets, other, paceMicros, variant, end, hostile, edges);
    }

    /** The same with other sockets, where there are links and other nodes. */
    SimPlan withEdges(Edges other) {
        Edges possible = domains == 1 || nodes == 1 ? Edges.OWN : other;
        return new SimPlan(weather, domains, nodes, wavelets, edits, paceMicros, variant, end, hostile, possible);
    }
}
