package io.wavegate.cassandra.runtime;

import java.util.List;

/**
 * How one node of a small Cassandra is laid out.
 *
 * @param place where it runs
 * @param nativePort its CQL port
 * @param storagePort the port on which the nodes talk to each other, the same for all
 * @param token where its part of the ring begins
 * @param seeds the hosts of all nodes
 * @param heapMegabytes its JVM's heap
 * @param keeps true: what it acknowledged outlives its end, as a node that is killed and started again needs; false:
 *     faster, for a node that is never started again
 */
record NodePlan(
        Place place,
        int nativePort,
        int storagePort,
        long token,
        List<String> seeds,
        int heapMegabytes,
        boolean keeps) {
    String contactPoint() {
        return place.host() + ":" + nativePort;
    }

    /** As Cassandra writes it in its log. */
    String name() {
        return "/" + place.host() + ":" + storagePort;
    }
}
