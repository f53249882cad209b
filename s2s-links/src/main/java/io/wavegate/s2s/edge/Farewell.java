package io.wavegate.s2s.edge;

/**
 * The end of a stream as its link wants it, until the edge says that it has ended.
 *
 * @param how what the edge is told
 * @param dueMillis when it is told again
 */
record Farewell(ToEdge how, long dueMillis) {
    /** A peer may take its time to end its side, and nothing is answered before. */
    private static final int PATIENCE = 5;

    static Farewell said(ToEdge how, LinkTimes times, long nowMillis) {
        return new Farewell(how, nowMillis + PATIENCE * times.resendMillis());
    }
}
